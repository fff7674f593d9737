/*
 * The command's environment: the caller's, in order, with some variables set. Pure.
 */
#ifndef SUEXEC_ENVIRONMENT_H
#define SUEXEC_ENVIRONMENT_H

#include "suexec/span.h"

struct setting {
	const char *name;
	struct span value;
};

/* The most bytes that environment_build() writes. */
size_t environment_size(char *const *from, const struct setting *set, size_t count);

/*
 * Builds the environment in room, which is aligned for pointers. A setting replaces the first entry of its
 * name, or is added at the end; further entries of that name are left out. All others stay as they are, even
 * duplicates and entries without a '='. Their strings are shared with from.
 */
char **environment_build(char *const *from, const struct setting *set, size_t count, void *room);

#endif
