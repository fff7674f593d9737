/* Sends a signal to the child, its group or all processes. */
#pragma once

#include <signal.h>

#include "init/state.h"

/*
 * Sends signal to the configured target. info is the signal as received; a single child also
 * gets its value. NULL for a signal of our own. Returns 0 or -errno.
 */
int forward(const struct state *state, int signal, const siginfo_t *info);
