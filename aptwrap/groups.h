/*
 * Virtual package groups, one file each under GROUPS_DIRECTORY. A line is "new NAME" for a package that came
 * with the group, or "manual NAME" for one that was there as somebody's dependency and that the group asked
 * for by name.
 */
#ifndef APTWRAP_GROUPS_H
#define APTWRAP_GROUPS_H

#include "text.h"

#include <stdbool.h>
#include <stddef.h>

#define GROUPS_DIRECTORY "/var/lib/praekelt-aptwrap/groups"

struct group {
	struct list fresh, manual;
};

/* [a-z0-9.+_-]+, not too long for a file's name, and neither "." nor "..". Pure. */
bool groups_valid_name(const char *name);

/* Adds what the text says; all or nothing. Returns false for anything that groups_format() would not write.
 * Pure. */
bool groups_parse(struct group *group, const char *text, size_t len);
char *groups_format(const struct group *group);

enum group_result {
	GROUP_OK,
	GROUP_ABSENT,
	GROUP_BROKEN, /* no group's file: not plain, too large, or something else in it */
	GROUP_ERROR,  /* errno says why it could not be read */
};

/* Adds the group of that name to what is in *group. */
enum group_result groups_load(struct group *group, const char *name);

/* Writes the file, whole or not at all. Returns 0, or -1 with errno. */
int groups_store(const struct group *group, const char *name);

/* Removes the file, and the directories above it that are empty then. Returns 0, or -1 with errno. */
int groups_forget(const char *name);

/* Adds the names of all groups, sorted. Returns 0, or -1 with errno. */
int groups_names(struct list *names);

#endif
