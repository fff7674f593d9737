/*
 * A set of group ids in an array of fixed size. Pure.
 *
 * The kernel takes NGROUPS_MAX of them; a list that does not fit is refused, never cut short: a group that is
 * missing can open what it is denied.
 */
#ifndef SUEXEC_GIDSET_H
#define SUEXEC_GIDSET_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* The kernel's limit (linux/limits.h), which the C library's may not know. */
#define GIDSET_MAX 65536

struct gidset {
	gid_t *gids;
	size_t count;
	size_t room;
	bool sorted; /* ascending and without doubles */
};

/* Returns false where the set is full of others. */
bool gidset_add(struct gidset *set, gid_t gid);

/* Sorts and removes doubles. The functions below want this done. */
void gidset_sort(struct gidset *set);

bool gidset_has(const struct gidset *set, gid_t gid);

/* Whether all of a is in b. */
bool gidset_subset(const struct gidset *a, const struct gidset *b);

#endif
