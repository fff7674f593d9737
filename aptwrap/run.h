/*
 * Child processes: started, waited for, stopped.
 *
 * SIGINT, SIGTERM, SIGHUP and SIGQUIT, unless they were ignored when we started, are held back from
 * run_signals_open() on and looked at in run_command() and run_pause() only. The first one is remembered;
 * what it does to the command depends on enum run_kind. The caller then cleans up and ends with run_die().
 *
 *   signal      to us              to the command
 *   the first   remembered         SIGINT, where the kind allows
 *   more        nothing            nothing
 *   SIGKILL     the end            nothing: it writes to files, not to pipes of ours, and goes on to its end
 *
 * It is always SIGINT that the command gets, for that is what apt-get ignores while dpkg runs: dpkg's
 * transaction is then finished whatever the moment. Each command is a process group of its own, so that a ^C
 * at a terminal comes to us alone and not to dpkg in the middle of an unpack.
 */
#ifndef APTWRAP_RUN_H
#define APTWRAP_RUN_H

#include "text.h"

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

enum run_kind {
	RUN_FINISH, /* short, or not to be interrupted: a signal waits until it has ended */
	RUN_FETCH,  /* may be stopped at any moment */
	RUN_APT,    /* may be stopped until dpkg is at work, as apt's status descriptor tells */
};

struct run_signals {
	int fd;  /* a signalfd */
	int got; /* the signal that is to end us, or 0 */
	/* What the commands get back. */
	sigset_t before;
	void (*pipe_before)(int);
};

struct run_command {
	const struct list *argv; /* argv[0] is searched in PATH of envp */
	char *const *envp;
	enum run_kind kind;
	int output;       /* what it gets as standard output and error */
	int status;       /* what it gets as descriptor 3, or -1; readable, as it is looked at for RUN_APT */
	unsigned stall_s; /* without progress for so long it is stopped, unless dpkg is at work; 0: never */
	/* A number that changes as long as the command gets on. */
	uint64_t (*progress)(void *arg);
	/* Called ten times a second, and once at the end; or NULL. */
	void (*tick)(void *arg);
	void *arg;
};

struct run_result {
	int status;   /* as a shell has it: the exit status or 128+N */
	bool stalled; /* it was stopped by the watchdog */
};

/* Returns 0, or -1 with errno. */
int run_signals_open(struct run_signals *signals);

/* Waits up to ms for a signal that ends us. Returns whether one has come, now or before. */
bool run_pause(struct run_signals *signals, unsigned ms);

/* Returns 0 with *result, or -1 with errno if the command could not be started. */
int run_command(const struct run_command *command, struct run_signals *signals, struct run_result *result);

/* The path of a program as execvp() would find it with PATH of envp, or NULL. */
char *run_find(const char *name, char *const *envp);

/* Ends this process by the signal, or with 128+N where that does not work, as for PID 1. */
_Noreturn void run_die(const struct run_signals *signals);

/* Milliseconds of a clock that only goes forward. */
uint64_t run_now_ms(void);

#endif
