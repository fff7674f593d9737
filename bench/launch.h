/*
 * Starting a candidate, and the channel to the command behind it. Whatever goes wrong ends the driver with
 * one line that names the candidate: a figure from a run that was not right is worse than none.
 */
#ifndef BENCH_LAUNCH_H
#define BENCH_LAUNCH_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

#include "bench/shared.h"

struct candidate {
	char *label;
	char **argv; /* argv[0] is a path */
	pid_t pid;
	uint64_t exec_ns;  /* when it was about to be executed */
	struct page *page; /* the channel, see shared.h */
	int page_fd;
	int socket;
	int command_socket;
};

/* CLOCK_MONOTONIC, as in the page's stamps. */
uint64_t now_ns(void);

/* From now on, waiting for a candidate has LAUNCH_PATIENCE_S, then it is an error. Once a round. */
#define LAUNCH_PATIENCE_S 120
void launch_be_patient(void);

/* Makes the channel; once per candidate. */
void launch_prepare(struct candidate *candidate);

/*
 * Starts it by a vfork-like clone, so that the driver's own memory costs nothing; as PID 1 of a new PID
 * namespace, or as an ordinary process. Its standard input and output are the driver's.
 */
void launch(struct candidate *candidate, bool as_pid_1);

/* Waits for its end. Any status but the command's own STATUS_GOOD is an error. */
void launch_finish(struct candidate *candidate, struct rusage *usage);

/* Ends it, and with a PID 1 all that it started. */
void launch_kill(struct candidate *candidate);

/* A word from the command: waited for; or for at most timeout_ms, and whether it came. A word to it. */
void launch_await(struct candidate *candidate);
bool launch_heard(struct candidate *candidate, int timeout_ms);
void launch_tell(struct candidate *candidate);

#endif
