/*
 * What the init does for most of its life: wait for a signal, decide (relay.h), act. Asleep in the kernel
 * with no time-out unless a deadline is pending. Nothing here allocates, and nothing but the child's end, or
 * what the configuration says comes after it, ends it.
 */
#ifndef INIT_SERVE_H
#define INIT_SERVE_H

#include "init/child.h"
#include "init/config.h"
#include "init/log.h"
#include "init/relay.h"

/* Every signal is blocked. state: self, child and handoff are filled in. Returns the exit status. */
int serve(const struct config *config, struct relay_state *state, const struct log *log);

#endif
