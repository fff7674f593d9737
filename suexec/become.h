/* Switches the process to the user. This cannot be undone. */
#pragma once

#include <stdint.h>

#include "suexec/arena.h"
#include "suexec/lookup.h"
#include "suexec/error.h"

struct become_caps {
	uint64_t kept;       /* the command has these and no others; 0 without --keep-caps */
	bool limit_bounding; /* the bounding set loses all but these */
};

/*
 * Sets the real, effective and saved ids and the supplementary groups and, unless the user is root, drops all
 * capabilities but those to be kept. Then reads all of that back and compares it with what was asked for.
 * If the caller is that user already, only capabilities are dropped.
 * Returns false with *why; the process may then be half switched, and the caller must exit.
 */
bool become(const struct identity *who, const struct become_caps *caps, struct arena *arena,
	    struct error *why);
