/*
 * Starts a candidate and has the channel to its command. Every error ends the driver with one line that names
 * the candidate: no figure is better than a wrong one.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

#include "bench/shared.h"

struct candidate {
	char *label;
	char **argv; /* argv[0] is a path */
	pid_t pid;
	uint64_t exec_ns;  /* just before execve() */
	struct page *page; /* the channel, see shared.h */
	int page_fd;
	int socket;
	int command_socket;
};

/* CLOCK_MONOTONIC, as in the page's stamps. */
uint64_t now_ns(void);

/* Starts the time limit for a round: waiting for a candidate longer than LAUNCH_PATIENCE_S is an error. */
#define LAUNCH_PATIENCE_S 120
void launch_be_patient(void);

/* Makes the channel. Call it once per candidate. */
void launch_prepare(struct candidate *candidate);

/*
 * Starts it by a vfork-like clone, so that the driver's own memory costs nothing; as PID 1 of a new PID
 * namespace, or as an ordinary process. Its standard input and output are the driver's.
 */
void launch(struct candidate *candidate, bool as_pid_1);

/* Waits until it exits. Any status except the command's STATUS_GOOD is an error. */
void launch_finish(struct candidate *candidate, struct rusage *usage);

/* Kills it. If it is PID 1, the kernel kills its whole namespace. */
void launch_kill(struct candidate *candidate);

/* Messages: waits for one from the command; waits at most timeout_ms and returns whether it came; sends one.
 */
void launch_await(struct candidate *candidate);
bool launch_heard(struct candidate *candidate, int timeout_ms);
void launch_tell(struct candidate *candidate);
