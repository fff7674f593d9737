/*
 * The one irreversible step: from the caller's ids to the identity asked for.
 */
#ifndef SUEXEC_BECOME_H
#define SUEXEC_BECOME_H

#include <stdint.h>

#include "suexec/arena.h"
#include "suexec/lookup.h"
#include "suexec/problem.h"

/* What happens to capabilities. */
struct become_caps {
	bool keep;           /* the command gets those of the mask, and no others */
	uint64_t mask;       /* 0 without keep */
	bool limit_bounding; /* the bounding set loses all but the mask's */
};

/*
 * Takes the identity for good: real, effective and saved ids, the supplementary groups, and, where the user
 * is not root, no capability but those to be kept. What the kernel then says is compared with what was asked.
 * Where the caller is that identity already, nothing is called but to drop capabilities, if it has any.
 * After a failure the process may be half switched: the caller must exit.
 */
bool become(const struct identity *who, const struct become_caps *caps, struct arena *arena,
	    struct problem *why);

#endif
