/*
 * Child processes: started, waited for, stopped.
 *
 * SIGINT, SIGTERM, SIGHUP and SIGQUIT, unless they were ignored when we started, are blocked from
 * signals_open() on. The first one is remembered, and stops the command if that may be stopped; more have no
 * effect. The caller then cleans up and ends with signals_die().
 *
 * Each command is the leader of a session of its own: ^C at a terminal reaches us alone, and nothing that it
 * starts can open /dev/tty and wait for somebody to type.
 */
#ifndef APTWRAP_RUN_PROCESS_H
#define APTWRAP_RUN_PROCESS_H

#include "aptwrap/text.h"

#include <signal.h>
#include <stdint.h>

struct signals {
	int fd;  /* a signalfd */
	int got; /* the signal that is to end us, or 0 */
	/* What the commands get back. */
	sigset_t before;
	void (*pipe_before)(int);
};

struct process {
	const struct list *argv; /* argv[0] is searched in PATH */
	int output, errors;      /* its standard output and standard error */
	bool stoppable;
	/*
	 * Its descriptor 3, APT::Status-Fd, or -1: a file that is read here too. Once apt says there that
	 * dpkg has begun, the command is no longer stopped.
	 */
	int status_fd;
};

struct process_result {
	int status;               /* as a shell has it: the exit status, or 128 and the signal's number */
	bool fetched, dpkg_began; /* apt began to fetch, dpkg began */
};

/* Returns 0, or -1 with errno. */
int signals_open(struct signals *signals);

/* Waits up to ms for a signal that ends us. Returns whether one has come, now or before. */
bool signals_pause(struct signals *signals, unsigned ms);

/* Ends this process by the signal, or with 128 and its number where that does not work, as for PID 1. */
_Noreturn void signals_die(const struct signals *signals);

/* Returns 0 with *result, or -1 with errno if the command could not be started. */
int process_run(const struct process *process, struct signals *signals, struct process_result *result);

/* The path of a program as execvp() would find it, or NULL. */
char *process_find(const char *name);

/* Milliseconds of a clock that only goes forward. */
uint64_t process_now_ms(void);

#endif
