/*
 * The least that a privilege drop can be: becomes nobody and executes argv[1]. No libc, no options, no
 * lookup, no verification. The others are measured against it; it is not for use.
 */
#include <sched.h>
#include <signal.h>

#include "bench/raw.h"
#include "bench/shared.h"

int raw_main(long *stack)
{
	const uint32_t group = NOBODY;
	char **argv = raw_argv(stack) + 1;

	RAW(setgroups, 1, &group);
	RAW(setresgid, NOBODY, NOBODY, NOBODY);
	RAW(setresuid, NOBODY, NOBODY, NOBODY);
	RAW(execve, argv[0], argv, raw_environment(stack));
	return 127;
}
