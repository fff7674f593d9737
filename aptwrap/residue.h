/*
 * The files that dpkg, debconf, ldconfig and passwd's tools write for themselves: backups, caches, logs.
 *
 * No option keeps them from it. So what is there before a run is copied into the private directory, and
 * afterwards put back where it was changed, byte, owner, mode and time; what was not there is removed. A file
 * that nobody touched is not touched here either: it would become an entry of the image's layer.
 */
#ifndef APTWRAP_RESIDUE_H
#define APTWRAP_RESIDUE_H

#include <stdbool.h>

/* Copies what is there. logs: leave the logs alone, now and in residue_restore(). Returns 0, or -1 with
 * errno. */
int residue_save(int private_directory, bool logs);

/*
 * Puts back and removes. Does nothing if residue_save() was not finished, for then no tool had been run yet.
 * Returns 0, or -1 with the first errno and the file's directory in *where.
 */
int residue_restore(int private_directory, const char **where);

/* For the verb clean: removes all of these files, and the logs that apt keeps in a directory of its own. */
int residue_remove(const char **where);

#endif
