/*
 * Removal that stays where it began: no symbolic link is followed, no mount point entered, and nothing is
 * looked up by a path whose parts could be exchanged meanwhile.
 */
#ifndef APTWRAP_CLEANUP_H
#define APTWRAP_CLEANUP_H

#include <dirent.h>
#include <stdbool.h>

/*
 * Opens a directory by its absolute path, none of whose parts may be a symbolic link. Returns a descriptor or
 * -1 with errno; ELOOP or ENOTDIR for a link.
 */
int cleanup_open(const char *path);

/* Reads the directory by a descriptor of its own, so that the caller's is not moved. NULL with errno. */
DIR *cleanup_list(int directory);

/*
 * Removes what is in the directory: all of it if want is NULL, otherwise the files for which want() says so,
 * and then no directories. Returns 0, or -1 with the errno of the first failure; the rest is removed all the
 * same.
 */
int cleanup_contents(int directory, bool (*want)(const char *name, void *arg), void *arg);

/*
 * Whether the directory, or one above it, is a mount point: a cache that whoever builds the image wants kept.
 * /var/lib and the like do not count.
 */
bool cleanup_is_mounted(const char *path);

#endif
