/* Removal that stays where it began, see tree.h, and enters no mount point. */
#ifndef APTWRAP_RESIDUE_REMOVE_H
#define APTWRAP_RESIDUE_REMOVE_H

#include <stdbool.h>

/*
 * Removes what is in the directory: all of it if pattern is NULL, otherwise the files directly in it whose
 * names match. Returns 0, or -1 with the errno of the first failure; the rest is removed all the same.
 */
int remove_contents(int directory, const char *pattern);

/*
 * Whether the directory, or one above it, is a mount point: a cache that is to be kept. /var, /var/lib and
 * the root do not count, for dpkg's database is there too.
 */
bool remove_is_cache_mount(const char *path);

#endif
