/*
 * The one irreversible step: from the caller's ids to the identity asked for.
 */
#ifndef SUEXEC_BECOME_H
#define SUEXEC_BECOME_H

#include <stdint.h>

#include "suexec/arena.h"
#include "suexec/lookup.h"
#include "suexec/error.h"

struct become_caps {
	uint64_t kept;       /* the command has these and no others; 0 without --keep-caps */
	bool limit_bounding; /* the bounding set loses all but these */
};

/*
 * Takes the identity for good: real, effective and saved ids, supplementary groups and, unless the user is
 * root, no capability but those to be kept. Then compares what the kernel says with what was asked for.
 * If the caller is that identity already, only capabilities are dropped.
 * Returns false with *why; the process may then be half switched, and the caller must exit.
 */
bool become(const struct identity *who, const struct become_caps *caps, struct arena *arena,
	    struct error *why);

#endif
