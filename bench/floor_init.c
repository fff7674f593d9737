/*
 * The least that an init can be: starts argv[1], passes signals on, reaps, ends with the command's status. No
 * libc, no options, no lookup, no error handling. The others are measured against it; it is not for use.
 */
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>

#include "bench/raw.h"

int raw_main(long *stack)
{
	uint64_t all = RAW_ALL_SIGNALS, inherited;
	char **argv = raw_argv(stack) + 1;

	RAW(rt_sigprocmask, SIG_SETMASK, &all, &inherited, RAW_SIGSET_BYTES);
	long child = RAW_VFORK();
	if (child == 0) {
		RAW(rt_sigprocmask, SIG_SETMASK, &inherited, 0, RAW_SIGSET_BYTES);
		RAW(execve, argv[0], argv, raw_environment(stack));
		raw_exit(127);
	}
	for (;;) {
		long signal = RAW(rt_sigtimedwait, &all, 0, 0, RAW_SIGSET_BYTES);
		if (signal != SIGCHLD) {
			RAW(kill, child, signal);
			continue;
		}
		long pid;
		int status = 0;
		while ((pid = RAW(wait4, -1, &status, WNOHANG)) > 0)
			if (pid == child)
				return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	}
}
