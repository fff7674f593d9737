/* Reaps the child and orphans. */
#pragma once

#include "init/state.h"

/*
 * Reaps children that have ended, some hundreds at most; state->more_to_reap tells whether there may be more.
 * Returns 0, or -errno if the kernel refuses to wait for children.
 */
int reap(struct state *state);
