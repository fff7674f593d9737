/*
 * What comes after the child's end: nothing, waiting for its descendants (wait_all), or the grace period, in
 * which every process that is left is asked to end, and is killed at its end.
 */
#ifndef INIT_GRACE_H
#define INIT_GRACE_H

#include "init/state.h"

/* The child was reaped. */
void grace_child_ended(struct state *state);

/* The init has no child any more. */
void grace_no_child_left(struct state *state);

/* Begins the grace period; where none is configured, the init is done. */
void grace_start(struct state *state);

/* Ends the grace period: kills every process that is left. */
void grace_kill(struct state *state);

/* The deadline of PHASE_GRACE or PHASE_KILL has passed. */
void grace_deadline(struct state *state);

/* How often to look at processes of which nothing tells: those that escape a KILL, those that are not our
 * children. */
#define GRACE_ROUND_MS 20

#endif
