/*
 * The files that dpkg, debconf, ldconfig and passwd's tools write for themselves: backups, caches, logs.
 *
 * No option keeps them from it. So what is there before a run is copied into the private directory, and
 * afterwards put back where it was changed, byte, owner, mode and time; what was not there is removed. A file
 * that nobody touched is not touched here either: it would become an entry of the image's layer.
 */
#ifndef APTWRAP_RESIDUE_BACKUPS_H
#define APTWRAP_RESIDUE_BACKUPS_H

#include <stdbool.h>

/* Copies what is there. logs: leave the logs alone, here and below. Returns 0, or -1 with errno. */
int backups_save(int private_directory, bool logs);

/* Puts back and removes, after backups_save(). Returns 0, or -1 with the first errno and its directory in
 * *where. */
int backups_restore(int private_directory, bool logs, const char **where);

/* For the verb clean: removes all of these files, and the logs that apt keeps in a directory of its own. */
int backups_remove(const char **where);

#endif
