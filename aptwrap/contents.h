/*
 * Which package holds a library that is not installed: Debian's Contents indexes. Pure.
 * A line is "usr/lib/x86_64-linux-gnu/libpq.so.5    libs/libpq5", with more packages behind commas.
 */
#ifndef APTWRAP_CONTENTS_H
#define APTWRAP_CONTENTS_H

#include "scan.h"

/*
 * The package to install for the need, from lines that may name others as well, or NULL: the library must lie
 * where the dynamic linker of its architecture looks. Of several packages one from the section libs is taken,
 * and of these the one with the shortest name, which is the plain build of it.
 *
 * One directory further down lie libraries that are alternatives, such as blas/libblas.so.3: the package that
 * the policy names the library's is taken from there, where it is in no other place.
 */
char *contents_find(const struct scan_need *need, const char *lines, size_t len);

#endif
