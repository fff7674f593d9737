/*
 * Trees of files: no symbolic link is followed, and nothing is looked up by a path whose parts could be
 * exchanged meanwhile.
 */
#ifndef APTWRAP_RESIDUE_TREE_H
#define APTWRAP_RESIDUE_TREE_H

#include <dirent.h>
#include <stdbool.h>

/*
 * Opens a directory by its absolute path, none of whose parts may be a symbolic link. Returns a descriptor or
 * -1 with errno; ELOOP or ENOTDIR for a link.
 */
int tree_open(const char *path);

/* Reads the directory by a descriptor of its own, so that the caller's is not moved. NULL with errno. */
DIR *tree_list(int directory);

struct tree_entry {
	int directory; /* the one it is in */
	const char *name;
	const char *path;   /* the walk's own path, and from there down to the name */
	unsigned char type; /* as readdir() has it, but never DT_UNKNOWN */
	bool top;           /* directly in the directory that the walk began with */
	int error; /* of a directory that could not be read: errno, EMFILE for one too deep to be opened */
};

struct tree_walk {
	/* Whether to go into a directory, open as fd. NULL goes into all. */
	bool (*enter)(const struct tree_entry *entry, int fd, void *arg);
	/* Gets every entry, a directory after what is in it. May remove it. */
	void (*visit)(const struct tree_entry *entry, void *arg);
	void *arg;
};

/*
 * Goes through all that is in the directory, which stays open. path is for the entries' paths only. Returns
 * 0, or -1 with errno if the directory itself cannot be read.
 */
int tree_walk(int directory, const char *path, const struct tree_walk *walk);

#endif
