/* What dpkg has installed, and the difference between before and after. Pure. */
#ifndef APTWRAP_RUN_PACKAGES_H
#define APTWRAP_RUN_PACKAGES_H

#include "aptwrap/text.h"

#include <stdint.h>

struct packages {
	struct list names;    /* of the packages that are installed, whole or not, sorted by dpkg */
	struct list versions; /* versions.items[i] is that of names.items[i] */
	uint64_t *sizes;      /* in bytes; unpacked, as the package says */
	struct list removed;  /* only their configuration files are left */
	struct list broken;   /* installed, but not whole: they wait to be configured, or worse */
	struct list halves;   /* broken, in the middle of being unpacked: only installing them again helps */
};

/* The dpkg-query whose output packages_parse() reads. */
void packages_query(struct list *argv);

/* native: the architecture that is left out of names, as apt does. */
void packages_parse(struct packages *packages, const char *native, const char *output, size_t len);

/* Whether the word of a command line names a package that dpkg knows: by name, with an architecture, or a
 * glob. */
bool packages_match(const struct packages *packages, const char *word);

/* What has changed; groups' own packages do not count. */
struct packages_change {
	struct list installed, removed, upgraded;
	uint64_t added_bytes, freed_bytes;
};
void packages_compare(struct packages_change *change, const struct packages *before,
		      const struct packages *after);

/* The length of a name without the native architecture. */
size_t packages_bare(const char *name, size_t len, const char *native);

/* Adds what is in after and not in before. */
void packages_new(struct list *added, const struct list *after, const struct list *before);

/* Adds the lines of the output that are package names, as apt-mark prints them. */
void packages_parse_names(struct list *names, const char *output, size_t len);

/* A package's name as dpkg or apt print it: "libc6", "libc6:amd64". */
bool packages_valid_name(const char *name, size_t len);

#endif
