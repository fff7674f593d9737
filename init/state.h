/* The init's state while it serves. main() fills it in; serve.c and the modules that it calls change it. */
#pragma once

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "init/config.h"
#include "init/log.h"

enum phase {
	PHASE_CHILD,    /* the child runs; with --pause there is no child */
	PHASE_WAIT_ALL, /* the child has ended; waiting for its descendants */
	PHASE_GRACE,    /* the remaining processes got SIGTERM */
	PHASE_KILL,     /* the remaining processes got SIGKILL */
	PHASE_DONE,
};

struct state {
	const struct config *config;
	const struct log *log;
	pid_t self;
	pid_t child; /* 0: pause */
	enum phase phase;
	uint64_t handoff;        /* signals raised by detaching from the terminal that have not arrived yet */
	unsigned stop_requests;  /* how many were received so far */
	siginfo_t delayed;       /* the stop request that waits for the end of the delay; si_signo 0: none */
	bool child_in_our_group; /* for PLACE_SHARED, updated before it is used */
	int status;              /* the exit status, once it is known */
	int64_t deadline_ms;     /* on the monotonic clock; 0: none */
	int64_t give_up_ms;      /* PHASE_KILL: when to stop */
	bool more_to_reap;       /* the last round did not reap all that had ended */
	bool last_signal_sent;   /* end_signal was sent */
	bool poll; /* the remaining processes are not our children: no SIGCHLD reports their end */
};
