/* What a run leaves behind: put back, removed. No link is followed. */
#ifndef APTWRAP_RESIDUE_RESIDUE_H
#define APTWRAP_RESIDUE_RESIDUE_H

#include <dirent.h>
#include <stdbool.h>

/* Opens a directory by its path, no part of which may be a link. Returns a descriptor, or -1 with errno. */
int residue_open(const char *path);
/* Reads a directory by a descriptor of its own. NULL with errno. */
DIR *residue_list(int directory);

/* Removes all but mounts from the directory. Returns 0, or -1 with the first errno, and the rest is gone. */
int residue_remove(int directory);

/* Whether it is on a mount point, a cache to be kept. /var/lib and above do not count, as dpkg is there. */
bool residue_is_cache_mount(const char *path);

/*
 * The files that dpkg, debconf, ldconfig and passwd's tools write for themselves: backups, caches, logs. No
 * option keeps them from it. So what is there before a run is read into memory, and afterwards put back where
 * it was changed, with owner, mode and time; what was not there is removed. A file that nobody changed is not
 * touched here either: it would become an entry in the image's layer.
 */
struct backups {
	struct backup *files;
	size_t count;
	bool logs; /* the logs are left alone */
};

/* Each returns whether it went well, after a message if not; the rest is done all the same. */
bool backups_save(struct backups *backups, bool logs);
bool backups_restore(struct backups *backups);
/* For the verb clean: removes these files, but for passwd's backups, and apt's lists, archives, caches. */
bool backups_clean(struct backups *backups);

#endif
