/* Removal that stays where it began, see tree.h, and enters no mount point. */
#ifndef APTWRAP_RESIDUE_REMOVE_H
#define APTWRAP_RESIDUE_REMOVE_H

#include <stdbool.h>

/*
 * Removes what is in the directory: all of it if want is NULL, otherwise the files for which want() says so,
 * and then no directories. Returns 0, or -1 with the errno of the first failure; the rest is removed all the
 * same.
 */
int remove_contents(int directory, bool (*want)(const char *name, void *arg), void *arg);

/*
 * Whether the directory, or one above it, is a mount point: a cache that whoever builds the image wants kept.
 * /var/lib and the like do not count.
 */
bool remove_is_cache_mount(const char *path);

#endif
