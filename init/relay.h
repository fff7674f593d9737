/*
 * Decides what a signal means. Pure: touches nothing, says nothing; serve.c acts.
 *
 *	SIGCHLD		reap
 *	SIGPIPE		of our own making, from a log that nobody reads: nothing
 *	SIGHUP, SIGCONT	of our own making, from giving the terminal up: nothing, once each
 *	any other	passed on, rewritten, to whom the configuration says; once the child has ended,
 *			to who is left
 *
 * In the init's own group (PLACE_SHARED) what the terminal sends has reached the child already.
 */
#ifndef INIT_RELAY_H
#define INIT_RELAY_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "init/config.h"

enum phase {
	PHASE_CHILD, /* the child is there, or there is none by design (pause) */
	PHASE_REST,  /* the child has ended, the others are waited for (wait_all) */
	PHASE_GRACE, /* the others were asked to end */
	PHASE_KILL,  /* they were killed */
	PHASE_DONE,
};

struct relay_state {
	pid_t self;
	pid_t child; /* 0: pause */
	enum phase phase;
	uint64_t handoff; /* signals that the terminal's hand-off sends us, not seen yet */
	unsigned ends;    /* TERM and INT seen so far */
};

enum relay_action {
	RELAY_NOTHING, /* and not a word */
	RELAY_REAP,
	RELAY_HANDOFF,   /* swallow; it is no longer expected */
	RELAY_KEEP,      /* not passed on */
	RELAY_SEND,      /* to the configured target */
	RELAY_SEND_REST, /* to every process left */
	RELAY_FINISH,    /* end: with the grace period where there is one */
	RELAY_KILL,      /* the grace period is over */
};

struct relay {
	enum relay_action action;
	int signal;      /* what to send, after rewriting */
	bool translated; /* by an entry of its own, even if to itself */
	bool suspend;    /* afterwards stop the init itself */
	bool resume;     /* before, give the terminal to the child if it is ours */
	bool arm;        /* this one starts the kill-after clock */
};

struct relay relay(const struct config *config, const struct relay_state *state, const siginfo_t *info);

/* What the main child's wait status means for the init's exit status, remapped. */
int relay_exit_status(const struct config *config, int wait_status);

/* The child has stopped. */
enum stopped {
	STOPPED_STAY,    /* somebody else's business */
	STOPPED_RESUME,  /* it wants the terminal that we have: give it and let it go on */
	STOPPED_SUSPEND, /* stop as well, so that the shell that started us sees it */
};

/*
 * terminal: there is a controlling one; foreground: the init's own group is in front; continued: a SIGCONT
 * waits.
 */
enum stopped relay_stopped(pid_t self, int signal, bool terminal, bool foreground, bool continued);

#endif
