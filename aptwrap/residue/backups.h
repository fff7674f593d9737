/*
 * The files that dpkg, debconf, ldconfig and passwd's tools write for themselves: backups, caches, logs.
 *
 * No option keeps them from it. So what is there before a run is read into memory, and afterwards put back
 * where it was changed, with owner, mode and time; what was not there is removed. A file that nobody changed
 * is not touched here either: it would become an entry in the image's layer.
 */
#ifndef APTWRAP_RESIDUE_BACKUPS_H
#define APTWRAP_RESIDUE_BACKUPS_H

#include <stdbool.h>
#include <stddef.h>

struct backups {
	struct backup *files;
	size_t count;
	bool logs;         /* the logs are left alone */
	const char *where; /* the directory that an error is about */
};

/* Reads what is there. Returns 0, or -1 with errno. */
int backups_save(struct backups *backups, bool logs);

/* Puts back and removes. Returns 0, or -1 with the first errno; the rest is done all the same. */
int backups_restore(struct backups *backups);

/*
 * For the verb clean: removes these files, passwd's backups excepted, and apt's lists, archives and caches.
 * Returns 0, or -1 with the first errno and the directory in *where.
 */
int backups_clean(const char **where);

#endif
