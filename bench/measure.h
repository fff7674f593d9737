/*
 * What can be measured of a candidate. Each kind gives up to MEASURE_SERIES numbers a round.
 *
 * life     from the clone until wait4() has returned, as an ordinary process: nanoseconds; page faults, its
 *          command's included
 * start    as PID 1, from execve() to its command's first instruction: nanoseconds. Leaves out what the
 *          namespace costs.
 * exit     from its command's last instruction until wait4() has returned, as an ordinary process: ns
 *
 * The others are measured as PID 1. All candidates are started once and take turns.
 *
 * signal   from kill() outside its namespace until its command has SIGUSR1: nanoseconds
 * lost     signals that its command never got: of 61 kinds one by one, of 48 kinds at once, of 200 times one
 *          real-time signal
 * orphans  its command leaves orphans behind, as many and in the way that the command line says: the
 *          processor time that it used and the time that passed until all were reaped, in nanoseconds
 */
#pragma once

#include "bench/launch.h"

#define MEASURE_SERIES 3

struct measure {
	const char *name;
	const char *series[MEASURE_SERIES]; /* names, NULL where there are fewer */
	bool side_by_side;                  /* started before the first round, killed after the last */
	void (*round)(struct candidate *candidate, uint64_t *values);
};

/* NULL where there is no such kind. */
const struct measure *measure_find(const char *name);
