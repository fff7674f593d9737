/* From the name of a library to a file, and from a file to the package that owns it. */
#ifndef APTWRAP_LINKED_LIBRARY_H
#define APTWRAP_LINKED_LIBRARY_H

#include "aptwrap/linked/scan.h"
#include "aptwrap/text.h"

/* The dynamic linker's cache: names[i] is at paths[i]. A name may stand there once for each architecture. */
struct library_cache {
	struct list names, paths;
};

/* Reads the output of "ldconfig -p". Pure. */
void library_parse_cache(struct library_cache *cache, const char *output, size_t len);

/* The file that the dynamic linker would take, or NULL. */
char *library_find(const struct library_cache *cache, const struct scan_need *need);

/*
 * Adds the names by which dpkg may know the file: as it is and with its links resolved, both with and without
 * the /usr in front, for on a merged system dpkg knows only the one that the package was built with.
 */
void library_names(struct list *paths, const char *path);

/*
 * Adds the packages that the output of "dpkg-query --search" names, without the native architecture, and the
 * paths that it found. Pure.
 */
void library_parse_owners(struct list *packages, struct list *paths, const char *native, const char *output,
			  size_t len);

/* Whether it is the name of a file that can be in an index: no path, nothing but visible characters. Pure. */
bool library_is_name(const char *library);

#endif
