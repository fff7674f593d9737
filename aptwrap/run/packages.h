/* What dpkg has installed, and what a run has changed. Pure. */
#ifndef APTWRAP_RUN_PACKAGES_H
#define APTWRAP_RUN_PACKAGES_H

#include "aptwrap/text.h"

#include <stdint.h>

/* The metapackages of groups, which do not count as installed packages. */
#define PACKAGES_GROUP "aptwrap-group-"

struct packages {
	struct list names;    /* installed, whole or not */
	struct list versions; /* "NAME VERSION" of each */
	struct list groups;   /* the metapackages */
	struct list broken;   /* not whole: they wait to be configured, or worse */
	struct list halves;   /* of these the ones that only another installation repairs */
	uint64_t bytes;       /* on disk, as the packages say */
};

/* The dpkg-query whose output packages_parse() reads. */
void packages_query(struct list *argv);

/* native: the architecture, which names are printed without, as apt does. */
void packages_parse(struct packages *packages, const char *native, const char *output, size_t len);

/*
 * "installed 7 packages, 5.0 MB on disk" or "removed 2 packages (a b), 1.0 MB freed"; nothing where nothing
 * has changed.
 */
char *packages_changes(const struct packages *before, const struct packages *after);

/* "1.6 MB" */
char *packages_size(uint64_t bytes);

/* Whether the line is a package's name as dpkg or apt print it: "libc6", "libc6:amd64". */
bool packages_valid_name(const char *name, size_t len);

#endif
