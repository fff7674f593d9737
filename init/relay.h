/*
 * Decides what a signal means. Pure; serve.c acts.
 *
 *	SIGCHLD		nothing: the loop reaps after every signal
 *	SIGHUP, SIGCONT	raised by our giving the terminal up: nothing, once each
 *	any other	passed on, rewritten, to the configured target; once the child has ended, to
 *			the processes that are left
 *
 * The first stop request waits for the end of the delay, if there is one. A stop request is a TERM, INT or
 *QUIT as it is received, whatever it is rewritten to.
 */
#ifndef INIT_RELAY_H
#define INIT_RELAY_H

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

#include "init/state.h"

enum relay_action {
	RELAY_NOTHING, /* SIGCHLD */
	RELAY_HANDOFF, /* swallow it; it is no longer expected */
	RELAY_DROP,    /* do not pass it on */
	RELAY_DELAY,   /* act on it at the end of the delay */
	RELAY_SEND,    /* to the configured target */
	RELAY_SEND_EVERYONE,
	RELAY_END,  /* end, after the grace period if there is one */
	RELAY_KILL, /* the grace period is over */
};

struct relay {
	enum relay_action action;
	int signal;            /* the signal to send, after rewriting */
	bool translated;       /* by an entry of its own, even if to itself */
	bool suspend;          /* afterwards stop the init itself */
	bool resume;           /* before, give the terminal to the child if the init has it */
	bool start_kill_after; /* it starts the kill-after clock, unless that runs */
};

struct relay relay(const struct state *state, const siginfo_t *info);

bool relay_is_stop_request(int signal);

/* The init's exit status, remapped, for the child's wait status. */
int relay_exit_status(const struct config *config, int wait_status);

/* What the init does when the child has stopped. */
enum stopped {
	STOPPED_STAY,    /* nothing */
	STOPPED_RESUME,  /* give the child the terminal, which the init has, and continue it */
	STOPPED_SUSPEND, /* stop as well, so that the shell that started the init sees it */
};

/*
 * signal: the one that stopped the child. terminal: there is a controlling one; foreground: the init's own
 * group has it; continued: a SIGCONT for the init is pending.
 */
enum stopped relay_stopped(pid_t self, int signal, bool terminal, bool foreground, bool continued);

#endif
