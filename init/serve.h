/*
 * What the init does for most of its life: wait for a signal, decide (relay.h), act, reap. It sleeps in the
 * kernel without a time-out unless a deadline is pending. Nothing here allocates, and nothing ends it but the
 * child's end and what the configuration says comes after that.
 */
#ifndef INIT_SERVE_H
#define INIT_SERVE_H

#include "init/state.h"

/* Every signal is blocked. In state config, log, self, child and handoff are filled in. Returns the exit
 * status. */
int serve(struct state *state);

#endif
