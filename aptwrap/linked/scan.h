/*
 * Trees of files: which libraries the ELF files in them need. Nothing is executed, no link inside a tree
 * followed, nothing opened that is not a plain file.
 */
#ifndef APTWRAP_LINKED_SCAN_H
#define APTWRAP_LINKED_SCAN_H

#include "aptwrap/linked/elf.h"
#include "aptwrap/text.h"

struct scan_need {
	char *library; /* what DT_NEEDED says: a name, or a path */
	struct elf_kind kind;
	struct list search; /* directories that the file wants searched first */
	char *by;           /* the first file that needs it */
};

struct scan {
	struct scan_need *needs;
	size_t count, room;
	struct list provided; /* names of the files with a dynamic section */
};

/* Adds what is under the directory, or a single file. Returns 0, or -1 with errno if it cannot be read. */
int scan_tree(struct scan *scan, const char *path);

/* Adds a need of another scan. */
void scan_take(struct scan *scan, const struct scan_need *need);

/* Whether the file is a dynamic ELF file of that kind. */
bool scan_is_kind(const char *path, const struct elf_kind *kind);

#endif
