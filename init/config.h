/*
 * The configuration: the options of every dialect, filled in by the options_*.c and only read by everything
 * else, which does not know the dialect.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "init/log_messages.h"

/* The process group and session of the child. */
enum placement {
	PLACE_GROUP,   /* a process group of its own, which gets the terminal if the init had it */
	PLACE_SESSION, /* a session of its own, which takes the controlling terminal over */
	PLACE_SHARED,  /* the init's own group and session */
};

/* The processes that a signal is passed on to. */
enum target {
	TARGET_CHILD,
	TARGET_GROUP, /* the child's process group */
	TARGET_ALL,   /* every process of the PID namespace (as PID 1), every descendant (otherwise) */
};

enum subreaper {
	SUBREAPER_NO,
	SUBREAPER_TRY,  /* a refusal is not logged */
	SUBREAPER_MUST, /* if refused, the init exits and starts nothing */
};

/* The exit status if the command never ran. */
struct exit_codes {
	uint8_t failure;       /* the kernel refuses what an option requires; nothing was started */
	uint8_t spawn;         /* no process could be created */
	uint8_t not_found;     /* the command does not exist */
	uint8_t not_permitted; /* it may not be executed */
	uint8_t not_executed;  /* any other reason */
	uint8_t stop_refused;  /* PID 1 may not send the child a stop request; 0: 128 + its number */
};

struct config {
	char **command;           /* within argv[], with at least one word before it; NULL: pause */
	const char *default_path; /* where to look for the command if PATH is not set */
	enum placement placement;
	enum target target;
	enum subreaper subreaper;
	int pdeathsig;          /* the signal to receive when the parent dies; 0: none */
	bool wait_all;          /* wait until the last descendant has ended */
	bool warn_reaped;       /* log each orphan that is reaped */
	bool warn_not_reaper;   /* log that orphans are not adopted, if that is so */
	bool log_debug_mode;    /* log that the environment asked for it */
	bool log_no_setsid;     /* log that the environment asked for it */
	unsigned verbosity;     /* 0 errors, 1 warnings, 2 and up more */
	int64_t grace_ms;       /* the grace period of the remaining processes; -1: none */
	int64_t delay_ms;       /* the first stop request is passed on after this; 0: at once */
	int64_t kill_after_ms;  /* the child is killed this long after a stop request; -1: never */
	int end_signal;         /* sent to the child's group when the child has ended; 0: none */
	uint64_t not_forwarded; /* signals that are never passed on */
	uint64_t suspend;       /* signals after which the init stops itself */
	uint64_t rewritten;     /* signals with an entry of their own in rewrite[] */
	uint8_t rewrite[65];    /* the signal that N is passed on as; 0: none */
	uint8_t remap[256];     /* the exit status that N becomes */
	struct exit_codes codes;
	message_function *message;
};
