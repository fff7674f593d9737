/*
 * The lines of passwd(5) and group(5), read from bytes. Pure.
 *
 * A line that is not well formed is skipped, never read as if its numbers were 0; the first well-formed line
 * that matches wins. Skipped are: fewer than four fields, an empty name, an id that is not all digits or is
 * above ID_MAX, a NUL byte anywhere, and lines that start with '#', '+' or '-'. Blanks before the name, one
 * carriage return at the end, a missing last newline, missing or extra fields after the fourth are accepted.
 *
 * The functions take the whole file as bytes, not a FILE *: a line of any length costs nothing more, there
 * is nothing to free, and a fuzzer drives them without a file. What they return points into these bytes.
 */
#ifndef SUEXEC_ACCOUNTS_H
#define SUEXEC_ACCOUNTS_H

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

/* Return whether there is such a line; *found is written only then. */
bool passwd_by_name(struct span file, struct span name, struct passwd_line *found);
bool passwd_by_uid(struct span file, uid_t uid, struct passwd_line *found);
bool group_by_name(struct span file, struct span name, gid_t *gid);

/* How many memberships a file of this length can hold at most. */
size_t group_memberships_most(struct span file);

/* Adds every group that lists user as a member. Returns false where the set is too small for them. */
bool group_memberships(struct span file, struct span user, struct gidset *set);

#endif
