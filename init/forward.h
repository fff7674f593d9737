/* Sending the child, its group or everyone a signal. */
#ifndef INIT_FORWARD_H
#define INIT_FORWARD_H

#include <signal.h>

#include "init/state.h"

/*
 * Sends signal to the configured target. info is the signal as it was received, whose value goes along to a
 * single child; NULL for a signal of our own. Returns 0 or -errno.
 */
int forward(const struct state *state, int signal, const siginfo_t *info);

#endif
