/*
 * Which package holds a library that is not installed: Debian's Contents indexes. Pure.
 * A line is "usr/lib/x86_64-linux-gnu/libpq.so.5    libs/libpq5", with more packages behind commas.
 */
#ifndef APTWRAP_LINKED_CONTENTS_H
#define APTWRAP_LINKED_CONTENTS_H

#include "aptwrap/linked/scan.h"

/*
 * The package to install for the need, from lines that may name other files too, or NULL. Of several packages
 * one of the section libs is taken, and of these the one with the shortest name, which is the plain build.
 *
 * The library must be where the dynamic linker of its architecture looks. Otherwise it may be an alternative,
 * such as blas/libblas.so.3: one directory further down, in a directory with the library's own name.
 */
char *contents_find(const struct scan_need *need, const char *lines, size_t len);

#endif
