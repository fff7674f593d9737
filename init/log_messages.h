/* The text of each log event in each dialect. Users' scripts and the peers' tests look for it. Pure. */
#pragma once

enum event {
	/* Errors and warnings. */
	EVENT_PDEATHSIG_FAILED, /* error */
	EVENT_SUBREAPER_FAILED, /* error */
	EVENT_SPAWN_FAILED,     /* command, error */
	EVENT_EXEC_FAILED,      /* command, error; speaker is the child */
	EVENT_WAIT_FAILED,      /* error; the init cannot wait for signals or children */
	EVENT_NOT_REAPER,
	EVENT_ZOMBIE_REAPED, /* pid; only if asked for */
	EVENT_SEND_FAILED,   /* signal, sent_signal, error */
	EVENT_NO_TARGET,     /* signal, sent_signal; no process is left */
	EVENT_CANNOT_SEE,    /* error; the remaining processes cannot be found */
	EVENT_STOP_REFUSED,  /* signal, sent_signal, error; PID 1 may not send it to the child */
	EVENT_KILL,
	EVENT_KILL_AFTER,
	/* Only with a higher verbosity. */
	EVENT_DEBUG_MODE,
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
	EVENT_TRANSLATED, /* signal, sent_signal */
	EVENT_SENDING,    /* signal, sent_signal */
	EVENT_SENT,       /* signal, sent_signal */
	EVENT_NOT_SENT,   /* signal, sent_signal */
	EVENT_DELAYED,    /* signal; it waits for the end of the delay */
	EVENT_SUSPEND,
	EVENT_REAPED,        /* pid; any child */
	EVENT_REAPED_EXITED, /* pid, status */
	EVENT_REAPED_KILLED, /* pid, signal, status */
	EVENT_CHILD_EXITED,  /* status; the child that was started */
	EVENT_CHILD_KILLED,  /* signal */
	EVENT_NONE_ENDED,    /* there are children, but none has ended */
	EVENT_NO_CHILD,
	EVENT_GRACE,
	EVENT_GOODBYE, /* status */
};

/*
 * Returns the line without its newline, after a digit: the lowest verbosity at which it is logged. NULL:
 * never. Marks in it stand for fields: $i the speaker's pid, $p pid, $c command, $s and $n the signal's
 * number and name, $w it in glibc's words, $t and $m the sent signal's number and name, $x status, $e and $r
 * an error's number and words.
 */
typedef const char *message_function(enum event event);
message_function message_tini, message_dumb_init, message_catatonit, message_native;

/* DUMB_INIT_DEBUG turns everything on. */
#define MESSAGE_VERBOSITY_MAX 4
