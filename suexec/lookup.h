/*
 * Finds the ids, groups and home directory of the user in /etc/passwd and /etc/group.
 *
 * No name service (NSS) is used: its modules are code of the image, which would run as root.
 */
#pragma once

#include "suexec/arena.h"
#include "suexec/gidset.h"
#include "suexec/error.h"
#include "suexec/span.h"

#define ADD_GROUPS_MAX 64

struct identity {
	uid_t uid;
	gid_t gid;
	struct gidset groups; /* sorted; gid is one of them */
	struct span name;     /* empty if the user is not in passwd */
	struct span home;     /* "/" if there is none */
	struct span shell;    /* "/bin/sh" if there is none */
};

struct wanted {
	const char *spec;      /* a user spec, or NULL for the owner of a path: */
	const char *owner_of;  /* this one, after symbolic links */
	bool allow_root_owner; /* otherwise an owner with uid 0 is an error */
	bool no_root;          /* uid 0 and gid 0 are errors */
	size_t add_count;
	const char *add_groups[ADD_GROUPS_MAX]; /* further groups, names or numbers */
};

/* Fills *who, which is valid as long as the arena. Returns false with *why; *who is then undefined. */
bool lookup(const struct wanted *wanted, struct arena *arena, struct identity *who, struct error *why);
