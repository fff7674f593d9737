/*
 * From what was asked for to the identity to take, by /etc/passwd and /etc/group alone.
 *
 * No name service is asked: nothing of the image is loaded or run while we are root.
 */
#ifndef SUEXEC_LOOKUP_H
#define SUEXEC_LOOKUP_H

#include "suexec/arena.h"
#include "suexec/gidset.h"
#include "suexec/problem.h"
#include "suexec/span.h"

#define PASSWD_FILE "/etc/passwd"
#define GROUP_FILE  "/etc/group"

struct identity {
	uid_t uid;
	gid_t gid;
	struct gidset groups; /* gid is one of them; sorted */
	struct span name;     /* empty where the user is not in passwd, as is shell */
	struct span home;     /* "/" where there is none */
	struct span shell;
};

/* What to look up. */
struct wanted {
	const char *spec;              /* a user spec, or NULL for the owner of a path: */
	const char *owner_of;          /* this one, followed where it is a symbolic link */
	bool allow_root_owner;         /* else an owner with uid 0 is an error */
	const char *const *add_groups; /* further groups, names or numbers */
	size_t add_count;
	bool no_root; /* uid 0 and gid 0 are errors */
};

/* Fills *who, which lives as long as the arena. After a failure *who means nothing. */
bool lookup(const struct wanted *wanted, struct arena *arena, struct identity *who, struct problem *why);

#endif
