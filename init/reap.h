/* Reaping: the child, whose end ends or changes what the init does, and orphans. */
#ifndef INIT_REAP_H
#define INIT_REAP_H

#include "init/state.h"

/*
 * Reaps the children that have ended, some hundreds at most: state->more_to_reap tells whether some may be
 * left. Returns 0, or -errno if waiting for children is refused.
 */
int reap(struct state *state);

#endif
