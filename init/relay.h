/*
 * Decides what a signal means. Pure; serve.c acts.
 *
 *	SIGCHLD		nothing: the loop reaps after every signal
 *	SIGHUP, SIGCONT	nothing, once each, if detaching from the terminal raised them
 *	all others	rewritten and passed on to the configured target; after the child's end, to the
 *			remaining processes
 *
 * A stop request is SIGTERM, SIGINT or SIGQUIT as received, whatever it is rewritten to. The first one waits
 * for the end of the delay, if there is one.
 */
#pragma once

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

#include "init/state.h"

enum relay_action {
	RELAY_NOTHING, /* SIGCHLD */
	RELAY_HANDOFF, /* consume it; it is no longer expected */
	RELAY_DROP,    /* do not pass it on */
	RELAY_DELAY,   /* act on it at the end of the delay */
	RELAY_SEND,    /* to the configured target */
	RELAY_SEND_EVERYONE,
	RELAY_END,  /* end, after the grace period if there is one */
	RELAY_KILL, /* end the grace period */
};

struct relay {
	enum relay_action action;
	int signal;            /* the signal to send, after rewriting */
	bool translated;       /* there is a rewrite entry for it, even if to itself */
	bool suspend;          /* then stop the init itself */
	bool resume;           /* first give the terminal to the child, if the init has it */
	bool start_kill_after; /* start the kill-after clock, unless it runs */
};

struct relay relay(const struct state *state, const siginfo_t *info);

bool relay_is_stop_request(int signal);

/* The init's exit status, remapped, for the child's wait status. */
int relay_exit_status(const struct config *config, int wait_status);

/* What the init does when the child has stopped. */
enum stopped {
	STOPPED_STAY,    /* nothing */
	STOPPED_RESUME,  /* give the child the terminal, which the init has, and continue it */
	STOPPED_SUSPEND, /* stop too, so that the init's shell sees it */
};

/* signal stopped the child. terminal: the init has one; foreground: its group is that terminal's foreground;
 * continued: a SIGCONT for the init is pending. */
enum stopped relay_stopped(pid_t self, int signal, bool terminal, bool foreground, bool continued);
