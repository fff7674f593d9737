/*
 * The environment of the command: the caller's, in order, with a few names set. Pure.
 */
#ifndef SUEXEC_ENVIRONMENT_H
#define SUEXEC_ENVIRONMENT_H

#include "suexec/span.h"

struct setting {
	const char *name;
	struct span value;
};

/* The bytes that environment_build() writes at most. */
size_t environment_size(char *const *from, const struct setting *set, size_t count);

/*
 * Copies the environment to room, aligned for pointers. Each setting takes the place of the first entry of
 * its name, further entries of that name go; one without such an entry comes last. All else stays as it is,
 * doubles and entries without a '=' too. The strings are shared with from.
 */
char **environment_build(char *const *from, const struct setting *set, size_t count, void *room);

#endif
