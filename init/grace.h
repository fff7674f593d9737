/*
 * What follows the child's end: nothing, a wait for its descendants (wait_all), or the grace period. That
 * starts with SIGTERM for every remaining process and ends with SIGKILL.
 */
#pragma once

#include "init/state.h"

/* The child was reaped. */
void grace_child_ended(struct state *state);

/* The init has no children any more. */
void grace_no_child_left(struct state *state);

/* Starts the grace period. If none is configured, the init is done. */
void grace_start(struct state *state);

/* Ends the grace period: kills every remaining process. */
void grace_kill(struct state *state);

/* The deadline of PHASE_GRACE or PHASE_KILL has passed. */
void grace_deadline(struct state *state);

/* How often to check processes that cause no SIGCHLD: those that escape SIGKILL or are not our children. */
#define GRACE_ROUND_MS 20
