/* One run: its commands, its private directory, what it says, and its end. */
#ifndef APTWRAP_RUN_RUN_H
#define APTWRAP_RUN_RUN_H

#include "aptwrap/plan/plan.h"
#include "aptwrap/cleanup/cleanup.h"

#include <signal.h>
#include <stdint.h>

/*
 * process.c. SIGINT, SIGTERM, SIGHUP and SIGQUIT, unless they were ignored when we started, are blocked from
 * signals_open() on. The first one is remembered, and stops a command that may be stopped; more have no
 * effect. The caller then cleans up and ends with signals_die().
 */
struct signals {
	int fd;          /* a signalfd */
	int got;         /* the signal that is to end us, or 0 */
	sigset_t before; /* the mask that the commands get back */
};

/*
 * A command is the leader of a session of its own: ^C at a terminal reaches us alone, and nothing that it
 * starts can open /dev/tty and wait for somebody to type. Its standard input is empty.
 */
struct process {
	const struct list *argv;
	int fds[2];    /* its standard output and standard error */
	bool shown[2]; /* these are files, and what is written there is copied to our own */
	bool stoppable;
	/*
	 * Its descriptor 3, APT::Status-Fd, or -1: a file that is read here too. Once apt says there that
	 * dpkg has begun, the command is no longer stopped.
	 */
	int status_fd;
	/* Once it fetches it is stopped after so long without a change of progress(). 0: never. */
	unsigned stall_s;
	uint64_t (*progress)(void *arg);
	void *arg;
};

struct process_result {
	int status;               /* as a shell has it: the exit status, or 128 and the signal's number */
	bool fetched, dpkg_began; /* apt began to fetch, dpkg began */
	bool stalled;             /* it was stopped for lack of progress */
};

/* Returns 0, or -1 with errno. */
int signals_open(struct signals *signals);
/* Waits up to ms for a signal that ends us. Returns whether one has come, now or before. */
bool signals_pause(struct signals *signals, unsigned ms);
/* Ends this process by the signal, or with 128 and its number where that does not work, as for PID 1. */
_Noreturn void signals_die(const struct signals *signals);
/* Returns 0 with *result, or -1 with errno. These statuses stand for a program that was not run. */
enum { PROCESS_NOT_RUN = 126, PROCESS_NOT_FOUND = 127 };
int process_run(const struct process *process, struct signals *signals, struct process_result *result);
/* Milliseconds of a clock that only goes forward. */
uint64_t process_now_ms(void);

/*
 * private_directory.c. The private directory: lists, archives, apt.conf, temporary files. There is one, in a
 * fixed place, and a lock on it says who owns it. What is in it when the lock is taken was left by a run that
 * was killed, and is removed. apt-get inherits the lock: an apt-get that outlives us still owns it.
 */
#define PRIVATE_DIRECTORY "/var/cache/praekelt-aptwrap"

/*
 * Makes it, locks it and empties it, waiting up to timeout_s for another run, or until a signal comes that
 * ends us. Returns its descriptor, or -1 with errno, which is EWOULDBLOCK if another run still holds it.
 */
int private_open(unsigned timeout_s, struct signals *signals);
/* Each returns 0, or -1 with errno: the directories that a run needs, a new file. */
int private_populate(int directory);
int private_write(int directory, const char *name, const char *text);

/* packages.c: what dpkg has installed, and what a run has changed. Pure. */
#define PACKAGES_GROUP "aptwrap-group-" /* the metapackages of groups, which are not counted */

struct packages {
	struct list names;          /* installed, whole or not */
	struct list versions;       /* "NAME VERSION" of each */
	struct list groups;         /* the metapackages */
	struct list broken;         /* not whole: they wait to be configured, or worse */
	struct list half_installed; /* of these the ones that only another installation repairs */
	uint64_t bytes;             /* on disk, as the packages say */
};

/* The dpkg-query whose output packages_parse() reads. Names do not show the native architecture. */
void packages_query(struct list *argv);
void packages_parse(struct packages *packages, const char *native, const char *output);
/* "installed 7 packages, 5.0 MB on disk" or "removed 2 packages (a b), 1.0 MB freed"; "" for no change. */
char *packages_changes(const struct packages *before, const struct packages *after);
/* "1.6 MB" */
char *packages_size(uint64_t bytes);

/* session.c: one run. */
struct session {
	const struct options *options;
	struct signals signals;
	struct config config;
	int directory; /* the private one, locked, or -1 */
	bool saved;    /* the backups are there */
	struct leftovers leftovers;
	uint64_t start_ms;
	const char *began, *epoch; /* the file system's clock at the start; SOURCE_DATE_EPOCH, or NULL */
	struct packages before;    /* what was installed at the start */
	/* Of the last command: */
	char *step;                 /* its first two words */
	struct text output, errors; /* what it wrote that the user has not seen */
	struct process_result last;
};

/* Prepares the run, or prints how. Returns 0 or the status to end with; session_end() must follow anyway. */
int session_begin(struct session *session, const struct options *options);
/* Cleans up. Returns status, or STATUS_OURS if it was 0 and this failed; ends the process after a signal. */
int session_end(struct session *session, int status);

/* step.c: one command of a run, tried again where that may help, and what the user sees of it. */
enum step_kind {
	STEP_QUERY, /* all of its output is for us; may be stopped */
	STEP_APT,   /* may be stopped until dpkg begins; what apt says on standard error is the user's */
	STEP_DPKG,  /* is not stopped */
};

/* The status as in struct process_result, or STATUS_OURS after a message. --dry-run prints all but queries.
 */
int step_run(struct session *session, const struct list *argv, enum step_kind kind);
/* Says that the last command failed, with what it wrote that the user has not seen; not after a signal. */
void step_failed(const struct session *session);
/* Both of them: returns 0, or the status after step_failed(). */
int step_must(struct session *session, const struct list *argv, enum step_kind kind);
/* The same for a STEP_QUERY, and adds the lines of its output. */
int step_lines(struct session *session, const struct list *argv, struct list *lines);
/*
 * Runs apt-get once the lock of its directory is free. Returns 0, or the status to end with after a message.
 * step_fetch() is apt-get install, or where names is NULL apt-get update, with the Contents indexes if asked
 * for. If it began to fetch and did not begin dpkg it is tried again, as often as --retries says; any other
 * failure is final. In the first try apt itself tries each file again.
 */
int step_apt(struct session *session, const struct list *argv);
int step_fetch(struct session *session, const struct list *names, bool contents);
/* Whether another process holds the lock that apt and dpkg use. */
bool step_is_locked(const char *path);
/* The size of all files in a directory. */
uint64_t step_bytes(const char *directory);
/* Reads what is installed. Returns 0 or the status to end with after a message. */
int step_packages(struct session *session, struct packages *packages);
/* A line for the user, unless -q. */
void step_say(const struct session *session, const char *text);
/* Says what has changed, and more, unless NULL. Returns 0, or a status: all packages must be whole. */
int step_summary(struct session *session, const char *more);

#endif
