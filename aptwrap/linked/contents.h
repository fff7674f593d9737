/*
 * Which package holds a library that is not installed: Debian's Contents index of the native architecture.
 * Pure. A line is "usr/lib/x86_64-linux-gnu/libpq.so.5    libs/libpq5", with more packages behind commas.
 */
#ifndef APTWRAP_LINKED_CONTENTS_H
#define APTWRAP_LINKED_CONTENTS_H

#include <stddef.h>

/*
 * The package to install for the library, or NULL. Of several one of the section libs is taken, and of these
 * the one with the shortest name, which is the plain build. The library must be where the dynamic linker
 * looks, or be an alternative, such as blas/libblas.so.3.
 */
char *contents_find(const char *library, const char *lines, size_t len);

#endif
