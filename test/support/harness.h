/*
 * Runs a built program as a user would, and waits for its output, not for a fixed time.
 *
 * The programs are found in the directory named by the environment variable BIN, the probe by PROBE; make
 * sets both. Every child is killed when the test program dies, and harness_alarm() ends a test that hangs.
 * Nothing on the machine changes.
 */
#pragma once

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <cmocka.h>

/* How to start a program. A member that is not set (zero) has the meaning that its comment gives. */
struct harness_spec {
	const char *const *argv; /* NULL-terminated; argv[0] without a slash is looked up in BIN */
	const char *file;        /* the file to execute; otherwise argv[0] */
	const char *const *envp; /* the environment; the test's own */
	const char *stdin_text;  /* what it reads; otherwise /dev/null */
	bool pid1;               /* as PID 1 of a new PID namespace with its own /proc */
	bool keep_stdio; /* descriptors 0, 1 and 2 stay those of the test, or are set by before_exec() */
	void (*before_exec)(void *arg); /* runs in the child, last before execve() */
	void *arg;
};

struct harness_proc {
	pid_t pid; /* in the test's own PID namespace */
	int out;   /* read ends of its stdout and stderr, -1 when at their end */
	int err;
	char out_text[65536]; /* what was read so far, terminated */
	char err_text[65536];
	size_t out_len, err_len;
};

/* Starts it; a failure to do so fails the test. */
void harness_start(struct harness_proc *proc, const struct harness_spec *spec);

/* Reads until text is in out_text or err_text; fails the test if both end before. */
void harness_wait_for(struct harness_proc *proc, const char *text);

/* The same until text is there so many times. */
void harness_wait_for_times(struct harness_proc *proc, const char *text, int times);

/*
 * Reads both to their end, waits, and returns the status as a shell would: the exit code, or 128+N.
 * Output of a process that the program left behind is waited for too.
 */
int harness_finish(struct harness_proc *proc);

/* Start and finish in one. */
int harness_run(struct harness_proc *proc, const struct harness_spec *spec);

/* The same for the plain case: argv only. HARNESS_RUN(&proc, "tini", "--version"). */
#define HARNESS_RUN(proc, ...)                                                                               \
	harness_run((proc), &(struct harness_spec){.argv = (const char *const[]){__VA_ARGS__, NULL}})

/* BIN's path of a program, or the probe's. Static storage, one at a time. */
const char *harness_bin(const char *name);
const char *harness_probe(void);

/* Whether the programs are dynamic ones with sanitizers or counters: then some limits and exit statuses
 * differ. */
static inline bool harness_instrumented(void)
{
#if defined(SANITIZED) || defined(COVERAGE)
	return true;
#else
	return false;
#endif
}

/* Returns the pid of the process's oldest child, a zombie included, or 0 if it has none. */
pid_t harness_child(pid_t pid);

/* Returns the letter of the process's state, as in proc_pid_stat(5), or '?' if it does not exist. */
char harness_state(pid_t pid);

/* fork(2) with flags of clone(2), such as CLONE_NEWPID | SIGCHLD. */
pid_t harness_clone(unsigned long flags);

/* Whether this process can create PID namespaces, together with a user namespace if it is not root. */
bool harness_has_pid_namespaces(void);

/*
 * A cmocka setup function: fails the whole test program if the test takes longer than 60 s. Programs that are
 * started from now on do not look for leaks when they end.
 */
int harness_alarm(void **state);
