/*
 * What was asked for, whichever dialect it was said in. Filled in by the options_*.c, read by everything
 * else; nothing after the options asks which dialect it was.
 */
#ifndef INIT_CONFIG_H
#define INIT_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "init/messages.h"

/* Where the child stands. */
enum placement {
	PLACE_GROUP,   /* a process group of its own, the terminal's foreground where the init had it */
	PLACE_SESSION, /* a session of its own, which takes the controlling terminal over */
	PLACE_SHARED,  /* the init's own group and session */
};

/* Whom a signal is passed on to. */
enum target {
	TARGET_CHILD,
	TARGET_GROUP, /* the child's process group */
	TARGET_ALL,   /* every process of the PID namespace (as PID 1), every descendant (otherwise) */
};

enum subreaper {
	SUBREAPER_NO,
	SUBREAPER_TRY,  /* a refusal is nothing to talk about */
	SUBREAPER_MUST, /* a refusal ends the init before anything is started */
};

/* The exit status where there is no child's. */
struct exit_codes {
	uint8_t failure;       /* the system refused what was asked for, nothing was started */
	uint8_t spawn;         /* no process could be made */
	uint8_t not_found;     /* the command does not exist */
	uint8_t not_permitted; /* it is no program, or not for us */
	uint8_t not_executed;  /* any other reason */
	uint8_t stop_refused;  /* PID 1 may not send the child a stop request; 0: 128 + its number */
};

struct config {
	char **command; /* the words to run, argv[] in place: one more word stands free before them; NULL:
			   pause */
	const char *default_path; /* where to look for the command if PATH is not set */
	enum placement placement;
	enum target target;
	enum subreaper subreaper;
	int pdeathsig;          /* what to get when the parent dies; 0: nothing */
	bool wait_all;          /* go on until the last descendant is gone */
	bool warn_reaped;       /* say each orphan that is reaped */
	bool warn_not_reaper;   /* say that orphans will not come here */
	bool say_debug_mode;    /* say that the environment asked for it */
	bool say_no_setsid;     /* say that the environment asked for it */
	unsigned verbosity;     /* 0 errors, 1 warnings, 2 and up more */
	int64_t grace_ms;       /* what is left gets this long after the child's end; -1: not looked at */
	int64_t delay_ms;       /* the first stop request is passed on after this; 0: at once */
	int64_t kill_after_ms;  /* the child gets this long after a TERM, INT or QUIT; -1: for ever */
	int end_signal;         /* what the child's group gets when the child has ended; 0: nothing */
	uint64_t not_forwarded; /* signals that are never passed on */
	uint64_t suspend;       /* signals after which the init stops itself */
	uint64_t rewritten;     /* signals with an entry of their own in rewrite[] */
	uint8_t rewrite[65];    /* what signal N is passed on as; 0: not at all */
	uint8_t remap[256];     /* what exit status N becomes */
	struct exit_codes codes;
	message_function *message;
};

#endif
