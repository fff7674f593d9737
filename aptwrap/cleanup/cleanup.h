/* Removes what a run leaves behind, and puts back what it changed. No symbolic link is followed. */
#pragma once

#include <dirent.h>
#include <stdbool.h>

/* remove.c. Opens a directory. No part of the path may be a link. Returns a descriptor, or -1 with errno. */
int directory_open(const char *path);
/* Starts to read a directory; the descriptor stays the caller's. Returns NULL with errno. */
DIR *directory_read(int directory);
/* Closes a descriptor, unless it is -1. Keeps errno. */
void descriptor_close(int fd);
/* Removes everything in a directory except mount points. Returns 0, or -1 with the first errno. */
int directory_empty(int directory);

/* mounts.c. Whether name in the directory parent is the root of a mount. Kernels before 5.8 always say no. */
bool mount_is_root(int parent, const char *name);
/* Whether the path is in a cache mount. Mounts of /var/lib and above do not count: dpkg's files are there. */
bool mount_is_cache(const char *path);

/*
 * leftovers.c. dpkg, debconf, ldconfig and the passwd tools write backups, caches and logs that no option
 * turns off. These files are read into memory before a run. Afterwards changed ones are put back with owner,
 * mode and time, and new ones are removed. Writing an unchanged file would add it to the image's layer.
 */
struct leftovers {
	struct saved_file *files;
	size_t count;
	bool logs; /* logs stay as the run wrote them */
};

/* Each continues after a failure, prints a message and returns false. */
bool leftovers_save(struct leftovers *leftovers, bool logs);
bool leftovers_restore(struct leftovers *leftovers);
/* The verb clean: removes these files, except those in /etc, and apt's lists, archives and caches. */
bool leftovers_clean(struct leftovers *leftovers);
