/*
 * Parses passwd(5) and group(5). Pure.
 *
 * A malformed line is skipped, its numbers are never read as 0; the first well-formed line that matches wins.
 * Malformed: fewer than four fields, an empty name, an id that is not all digits or is above ID_MAX, a NUL
 * byte anywhere, a '#', '+' or '-' at the start. Accepted: blanks before the name, a carriage return at the
 * end, no newline at the end of the file, missing or extra fields after the fourth.
 *
 * The functions take the whole file in memory, so lines may have any length. Their results point into it.
 */
#pragma once

#include <sys/types.h>

#include "suexec/gidset.h"
#include "suexec/span.h"

struct passwd_line {
	struct span name;
	uid_t uid;
	gid_t gid;
	struct span home; /* empty where the field is empty or missing */
	struct span shell;
};

/* These return whether there is such a line. If not, the last argument is undefined. */
bool passwd_by_name(struct span file, struct span name, struct passwd_line *found);
bool passwd_by_uid(struct span file, uid_t uid, struct passwd_line *found);
bool group_by_name(struct span file, struct span name, gid_t *gid);

/* The most memberships that a file of this length can hold. */
size_t group_memberships_most(struct span file);

/* Adds every group that lists the user, whose name is not empty. Returns false if the set is too small. */
bool group_memberships(struct span file, struct span user, struct gidset *set);
