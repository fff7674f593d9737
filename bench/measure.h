/*
 * What can be measured of a candidate. Each kind gives up to MEASURE_SERIES numbers a round.
 *
 * life     from the clone until wait4() has returned, as an ordinary process: nanoseconds; page faults, its
 *          command's included
 * start    as PID 1, from execve() to its command's first instruction: nanoseconds. Leaves out what the
 *          namespace costs.
 * exit     from its command's last instruction until wait4() has returned, as an ordinary process:
 * nanoseconds signal   as PID 1, from kill() outside its namespace until its command has SIGUSR1:
 * nanoseconds. Started once, all candidates side by side. lost     as PID 1, side by side: signals that its
 * command never got, of each of 61 kinds alone, of a volley of 48 kinds at once, of 200 times one real-time
 * signal orphans  as PID 1: the processor time that it used and the time that passed while its command left
 * orphans behind, in nanoseconds, all of them reaped; the command says how many and in which way
 */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

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

#endif
