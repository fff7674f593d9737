/* A run: its commands, its private directory, its messages, its clean-up. */
#pragma once

#include "aptwrap/cleanup/cleanup.h"
#include "aptwrap/plan/plan.h"

#include <signal.h>
#include <stdint.h>

/*
 * process.c. signals_open() blocks SIGINT, SIGTERM, SIGHUP and SIGQUIT, except those that were ignored. The
 * first one stops a stoppable command, and is remembered; later ones have no effect. The caller then cleans
 * up and calls signals_die().
 */
struct signals {
	int fd;          /* a signalfd */
	int got;         /* the first signal, or 0 */
	sigset_t before; /* the signal mask of the commands */
};

/* Returns 0, or -1 with errno. */
int signals_open(struct signals *signals);
/* Waits up to ms. Returns at once, and true, if one of the signals has come. */
bool signals_pause(struct signals *signals, unsigned ms);
/* Ends this process by the signal, or with 128 + signal if the kernel drops the signal, as for PID 1. */
_Noreturn void signals_die(const struct signals *signals);

/*
 * A command runs in a new session, so that ^C at a terminal reaches only this program, and so that nothing in
 * it can open /dev/tty and wait for an answer. Its standard input is empty.
 */
struct process {
	const struct list *argv;
	int fds[2];     /* standard output and standard error */
	bool copied[2]; /* these are files, and what is written to them is copied to our own output at once */
	bool stoppable; /* signals and stall_s stop it, unless apt has started dpkg */
	int status_fd;  /* a file, its descriptor 3: APT::Status-Fd, where apt reports its phase. Or -1 */
	/* The command is stopped if progress() does not change for so long while apt downloads. 0: never. */
	unsigned stall_s;
	uint64_t (*progress)(void *arg);
	void *arg;
};

struct process_result {
	int status;               /* the exit status, or 128 + signal */
	bool fetched, dpkg_began; /* apt started to download; apt started dpkg */
	bool stalled;             /* it was stopped because of stall_s */
};

/* The exit statuses for a program that cannot be executed. */
enum { PROCESS_NOT_RUN = 126, PROCESS_NOT_FOUND = 127 };
/* Runs the command to its end. Returns 0, or -1 with errno. */
int process_run(const struct process *process, struct signals *signals, struct process_result *result);
/* Milliseconds of the monotonic clock. */
uint64_t process_now_ms(void);

/*
 * private_directory.c. It holds lists, archives, apt.conf and temporary files. Its path is fixed, and a lock
 * on it belongs to the run. apt-get inherits the lock and keeps it if this program is killed.
 */
#define PRIVATE_DIRECTORY "/var/cache/praekelt-aptwrap"

/*
 * Creates and locks the directory, and removes what a killed run left in it. Waits up to timeout_s for
 * another run, or until a signal comes. Returns the descriptor, or -1 with errno: EWOULDBLOCK if locked.
 */
int private_open(unsigned timeout_s, struct signals *signals);
/* Creates the subdirectories. Returns 0, or -1 with errno. */
int private_populate(int directory);
/* Creates a file. Returns 0, or -1 with errno. */
int private_write(int directory, const char *name, const char *text);

/* packages.c: what is installed according to dpkg, and what a run changed. Pure. */
#define PACKAGES_GROUP "aptwrap-group-" /* starts the name of a group's metapackage */

/* Metapackages of groups are only in groups. */
struct packages {
	struct list names;          /* installed, completely or not */
	struct list versions;       /* "NAME VERSION" of each */
	struct list groups;         /* the metapackages */
	struct list broken;         /* incompletely installed, such as unpacked */
	struct list half_installed; /* those of them that must be installed again */
	uint64_t bytes;             /* on disk, according to the packages */
};

/* The dpkg-query whose output packages_parse() reads. */
void packages_query(struct list *argv);
/* Names have no architecture if it is the native one. */
void packages_parse(struct packages *packages, const char *native, const char *output);
/* "installed 7 packages, 5.0 MB on disk" or "removed 2 packages (a b), 1.0 MB freed"; "" for no change. */
char *packages_changes(const struct packages *before, const struct packages *after);
/* "1.6 MB" */
char *packages_size(uint64_t bytes);

/* session.c */
struct session {
	const struct options *options;
	struct signals signals;
	struct config config;
	int directory; /* the private directory, locked, or -1 */
	bool saved;    /* leftovers has the files that were there */
	struct leftovers leftovers;
	uint64_t start_ms;
	const char *began, *epoch; /* the file system's clock at the start; SOURCE_DATE_EPOCH, or NULL */
	struct packages before;    /* installed at the start */
	/* About the last command: */
	char *step;                 /* its first two words */
	struct text output, errors; /* what it printed and the user has not seen */
	struct process_result last;
};

/* Prepares a run. Returns 0, or the exit status after a message. session_end() must follow anyway. */
int session_begin(struct session *session, const struct options *options);
/* Cleans up. Returns status, or STATUS_OURS if that was 0 and this failed. Does not return after a signal. */
int session_end(struct session *session, int status);

/* step.c: runs the commands, shows the user their output, and tries downloads again. */
enum step_kind {
	STEP_QUERY, /* stoppable; nothing is shown */
	STEP_APT,   /* stoppable until apt starts dpkg; standard error is shown */
	STEP_DPKG,  /* not stoppable; standard error is shown. For dpkg and the clean-up */
};

/* Returns the command's status, or STATUS_OURS after a message. --dry-run prints it, unless it is a query. */
int step_run(struct session *session, const struct list *argv, enum step_kind kind);
/* Prints that the last command failed, and its output. Prints nothing after a signal. */
void step_failed(const struct session *session);
/* step_run(), and step_failed() if the status is not 0. */
int step_must(struct session *session, const struct list *argv, enum step_kind kind);
/* step_must() of a query; sets *lines to those of its output. */
int step_lines(struct session *session, const struct list *argv, struct list *lines);
/* Runs apt-get once nobody holds the lock of the archives. Returns 0, or the exit status after a message. */
int step_apt(struct session *session, const struct list *argv);
/*
 * The same for apt-get install, or for apt-get update if names is NULL, with the Contents indexes if
 * contents. Tries again, --retries times, after a failure between the start of the download and of dpkg.
 */
int step_fetch(struct session *session, const struct list *names, bool contents);
/* Whether another process holds the lock file. */
bool step_is_locked(const char *path);
/* The size of all files in a directory. */
uint64_t step_bytes(const char *directory);
/* Reads what is installed. Returns 0, or the exit status after a message. */
int step_packages(struct session *session, struct packages *packages);
/* Prints a line, unless -q. */
void step_say(const struct session *session, const char *text);
/*
 * Prints what the run changed, and more, unless NULL. Returns 0, or the exit status after a message: a
 * package that is incompletely installed is an error.
 */
int step_summary(struct session *session, const char *more);
