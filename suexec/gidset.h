/*
 * A set of group ids in an array of fixed size. Fill it, sort it, then search it. Pure.
 *
 * A list that is too long for the kernel must be refused, not cut short: permissions can also deny access to
 * a group, so a missing group may open a file.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* The kernel's limit; a C library's NGROUPS_MAX may be smaller. */
#define GIDSET_MAX 65536

struct gidset {
	gid_t *gids;
	size_t count;
	size_t room;
};

/* Adds gid, even a second time. Returns false if the array is full. */
bool gidset_add(struct gidset *set, gid_t gid);

/* Sorts, and removes duplicates. The functions below require a sorted set. */
void gidset_sort(struct gidset *set);

bool gidset_has(const struct gidset *set, gid_t gid);

/* Whether all of a is in b. */
bool gidset_subset(const struct gidset *a, const struct gidset *b);
