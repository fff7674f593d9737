/* What the init knows while it serves: filled in by main(), changed by serve.c and the parts that it calls.
 */
#ifndef INIT_STATE_H
#define INIT_STATE_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "init/config.h"
#include "init/log.h"

enum phase {
	PHASE_CHILD,    /* the child runs, or there is none by design (pause) */
	PHASE_WAIT_ALL, /* the child has ended, its descendants are waited for */
	PHASE_GRACE,    /* they were asked to end */
	PHASE_KILL,     /* they were killed */
	PHASE_DONE,
};

struct state {
	const struct config *config;
	const struct log *log;
	pid_t self;
	pid_t child; /* 0: pause */
	enum phase phase;
	uint64_t handoff;        /* signals of the terminal's hand-off that are still to come */
	unsigned stop_requests;  /* how many were received so far */
	siginfo_t delayed;       /* the one that waits for the end of the delay; si_signo 0: none */
	bool child_in_our_group; /* in PLACE_SHARED it is, unless it has left: asked anew where it matters */
	int status;              /* the exit status, once it is known */
	int64_t deadline_ms;     /* on the monotonic clock; 0: none */
	int64_t give_up_ms;      /* PHASE_KILL: when to stop */
	bool more_to_reap;       /* the last round did not reap all that had ended */
	bool last_signal_sent;   /* end_signal was sent */
	bool poll; /* the processes that are left are not our children, so no SIGCHLD tells of their end */
};

#endif
