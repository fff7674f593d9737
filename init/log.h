/*
 * What the init says, in the words of a dialect. Code says which event it was and what the facts are; a table
 * (words_*.c) says from which level on it is said, and how. An event without a line is not said.
 *
 * A log must never hold up the reaper: a line that cannot be written at once is dropped.
 */
#ifndef INIT_LOG_H
#define INIT_LOG_H

#include "init/config.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum event {
	/* Errors and warnings. */
	EVENT_PDEATHSIG_FAILED, /* error */
	EVENT_SUBREAPER_FAILED, /* error */
	EVENT_SPAWN_FAILED,     /* command, error */
	EVENT_EXEC_FAILED,      /* command, error; speaker is the child */
	EVENT_WAIT_FAILED,      /* error; neither signals nor children can be waited for */
	EVENT_NOT_REAPER,
	EVENT_ZOMBIE_REAPED, /* pid; only where asked for */
	EVENT_SEND_FAILED,   /* signal, became, error */
	EVENT_TARGET_GONE,   /* signal, became */
	EVENT_KILL,
	EVENT_KILL_AFTER,
	/* From here on only where a dialect's level is raised. */
	EVENT_CHATTER,
	EVENT_DEBUG_MODE = EVENT_CHATTER,
	EVENT_NO_SETSID,
	EVENT_SUBREAPER,
	EVENT_DETACH_FAILED, /* error */
	EVENT_DETACHED_LEADER,
	EVENT_DETACHED,
	EVENT_SPAWNED,       /* command, pid */
	EVENT_ATTACH_FAILED, /* error */
	EVENT_SETSID,
	EVENT_SIGNAL,     /* signal; anything but SIGCHLD */
	EVENT_SIGCHLD,    /* signal */
	EVENT_HANDOFF,    /* signal */
	EVENT_TRANSLATED, /* signal, became */
	EVENT_SENDING,    /* signal, became */
	EVENT_SENT,       /* signal, became */
	EVENT_NOT_SENT,   /* signal, became */
	EVENT_SUSPEND,
	EVENT_REAPED,        /* pid; any child */
	EVENT_REAPED_EXITED, /* pid, status */
	EVENT_REAPED_KILLED, /* pid, signal, status */
	EVENT_CHILD_EXITED,  /* status; the child that was started */
	EVENT_CHILD_KILLED,  /* signal */
	EVENT_NONE_ENDED,    /* children are left, none has ended */
	EVENT_NONE_LEFT,
	EVENT_GRACE,
	EVENT_GOODBYE, /* status */
};

/* Only what the event has; the rest is zero. */
struct fact {
	pid_t speaker; /* whose pid stands in the prefix; 0: the init's */
	pid_t pid;
	int signal;
	int became; /* the signal after rewriting */
	int status;
	int error; /* an errno */
	const char *command;
};

/*
 * A line's text, and a prefix, have these marks: $i the speaker's pid, $p pid, $c command, $s and $n the
 * signal's number and name, $w it in glibc's words, $t and $m the number and name of what it became, $x
 * status, $e and $r an error's number and words.
 */
struct line {
	unsigned char event;
	unsigned char level; /* said if the verbosity is at least this */
	uint16_t text;       /* where it starts in the dialect's texts */
};

#define LOG_LEVELS 5

struct words {
	char prefix[LOG_LEVELS][20];
	unsigned char chatter; /* the lowest level of an event from EVENT_CHATTER on */
	unsigned char lines_count;
	const struct line *lines;
	const char *texts;
};

struct log {
	const struct words *words;
	unsigned verbosity;
	pid_t self;
};

/* Pure: the whole line with prefix and newline, cut where it does not fit. Returns its length, 0 for nothing
 * to say. */
COLD size_t log_compose(char *buf, size_t size, const struct log *log, enum event event,
			const struct fact *fact);

/* Whether an event can have a line at this verbosity: what is chatter need not be put together otherwise. */
static inline bool log_wants(const struct log *log, enum event event)
{
	return event < EVENT_CHATTER || log->verbosity >= log->words->chatter;
}

/* Says it on standard error, or drops it. Keeps errno. fact may be NULL where the event has none. */
COLD void log_say(const struct log *log, enum event event, const struct fact *fact);

static inline void log_event(const struct log *log, enum event event, const struct fact *fact)
{
	if (log_wants(log, event))
		log_say(log, event, fact);
}

extern const struct words words_tini, words_dumb_init, words_native;

#endif
