/*
 * The main loop: waits for a signal, decides what it means (relay.h), acts, reaps. It sleeps in the kernel
 * without a time-out unless a deadline is pending, and allocates no memory. It ends after the child's end and
 * whatever is configured to follow that.
 */
#pragma once

#include "init/state.h"

/* All signals must be blocked, and config, log, self, child and handoff set. Returns the exit status. */
int serve(struct state *state);
