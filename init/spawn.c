/*
 * See spawn.h.
 *
 * The child is a clone that shares our memory until execve(), as after vfork(2), so that no page table is
 * copied. Unlike vfork(), this clone() returns at once: if execve() takes long (a network file system, a
 * scanner) or a signal stops the child before it, the init still handles signals and orphans. So both run in
 * the same memory at the same time:
 *
 *   - The child has its own stack, and the init does not change what the child reads.
 *   - The child makes system calls with kernel_call(), because errno is the init's, and allocates nothing.
 *   - The init has no signal handlers, so none of its code can run in the child.
 *   - The child writes only the LISTEN_PID entry of the environment and, around an execve() of /bin/sh, the
 *     command's first word and the one before it, which the init does not read after the start; and log.c's
 *     flag, which may have either value.
 *
 * The child reports nothing but an exit status. A forwarded signal that arrives before execve() stays pending
 * until the child unblocks it. Until the child's group or session exists, forward.c sends to its pid.
 */
#include "init/spawn.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "common/path_search.h"
#include "init/kernel.h"
#include "init/listen_pid.h"

#define SHELL "/bin/sh"

/*
 * The child's stack holds one log line and the frames around it: 2,000 bytes in the default build. It shares
 * a page with libc's data, which makes a start 5 % faster. Sanitizers need a larger stack, and would take the
 * init and the child for one thread.
 */
#ifdef SANITIZED
#define SHARED_MEMORY 0
#else
#define SHARED_MEMORY (KERNEL_CALLS_IN_PLACE ? CLONE_VM : 0)
#endif
#if defined(__OPTIMIZE_SIZE__) && !defined(SANITIZED)
#define STACK_SIZE 2560
#else
#define STACK_SIZE 65536
#endif

/*
 * Used by the child until execve(). The linker places "common" variables last, so it begins in the page of
 * the C library's variables, which is used anyway, and the end of a candidate's room is never touched.
 */
struct task {
	const struct config *config;
	const struct inherited *inherited;
	const struct log *log;
	pid_t init;
	char listen_pid[LISTEN_PID_MAX];
	_Alignas(16) char stack[STACK_SIZE];
	struct path_search search;
} spawn_task __attribute__((common));

static int kernel_execve(const char *file, char **argv)
{
	return (int)-kernel_call(SYS_execve, (long)file, (long)argv, (long)environ, 0);
}

/* Returns the errno of an execve() that failed. */
static int execute(const struct task *task, const char *file)
{
	char **command = task->config->command;

	kernel_sigprocmask(SIG_SETMASK, task->inherited->mask, NULL);
	int error = kernel_execve(file, command);
	if (error == ENOEXEC) {
		/* A script without a #! line, for /bin/sh. command[-1] exists: at least the init's name. */
		union {
			const char *from;
			char *to;
		} shell = {.from = SHELL}, script = {.from = file};
		char *before = command[-1], *name = command[0];
		command[-1] = shell.to;
		command[0] = script.to;
		error = kernel_execve(SHELL, command - 1);
		command[-1] = before;
		command[0] = name;
	}
	kernel_sigprocmask(SIG_SETMASK, SIGNALS_ALL, NULL);
	return error;
}

/* Returns the errno that execvp(3) would. */
static int search(struct task *task)
{
	const char *name = task->search.name;
	int error = ENOENT;

	if (*name == '\0')
		return ENOENT;
	if (strchr(name, '/'))
		return execute(task, name);
	if (strlen(name) > NAME_MAX)
		return ENAMETOOLONG;
	while (path_search_next(&task->search)) {
		int failure = (int)-kernel_call(SYS_faccessat, AT_FDCWD, (long)task->search.file, F_OK, 0);
		if (failure == 0 || !path_search_absent(failure))
			failure = execute(task, task->search.file);
		if (failure == EACCES)
			error = EACCES;
		else if (!path_search_absent(failure))
			return failure;
	}
	return error;
}

static void place(const struct task *task, pid_t self)
{
	switch (task->config->placement) {
	case PLACE_GROUP:
		kernel_call(SYS_setpgid, 0, 0, 0, 0);
		if (task->inherited->foreground)
			kernel_call(SYS_ioctl, STDIN_FILENO, TIOCSPGRP, (long)&self, 0);
		break;
	case PLACE_SESSION: {
		kernel_call(SYS_setsid, 0, 0, 0, 0);
		const int error = (int)-kernel_call(SYS_ioctl, STDIN_FILENO, TIOCSCTTY, 0, 0);
		if (error != 0)
			log_event(task->log, EVENT_ATTACH_FAILED, &(struct log_fields){.error = error});
		log_event(task->log, EVENT_SETSID, NULL);
		break;
	}
	case PLACE_SHARED:
		break;
	}
}

/* Returns the exit status if the command cannot be executed. */
static int child_main(void *arg)
{
	struct task *task = arg;
	const struct exit_codes *codes = &task->config->codes;
	const pid_t self = (pid_t)kernel_call(SYS_getpid, 0, 0, 0, 0);

	place(task, self);
	if (task->inherited->sigchld_ignored)
		kernel_set_ignored(SIGCHLD, true);
	listen_pid_hand_over(environ, task->init, self, task->listen_pid);
	const int error = search(task);
	log_event(task->log, EVENT_EXEC_FAILED,
		  &(struct log_fields){.speaker = self, .command = task->config->command[0], .error = error});
	return error == ENOENT   ? codes->not_found
	       : error == EACCES ? codes->not_permitted
				 : codes->not_executed;
}

pid_t spawn(const struct config *config, const struct inherited *inherited, const struct log *log)
{
	struct task *task = &spawn_task;
	const char *path = getenv("PATH");

	task->config = config;
	task->inherited = inherited;
	task->log = log;
	task->init = log->self;
	task->search.path = path ? path : config->default_path;
	task->search.name = config->command[0];
	pid_t pid = clone(child_main, task->stack + sizeof(task->stack), SHARED_MEMORY | SIGCHLD, task);
	/* qemu-user supports CLONE_VM only for threads. */
	if (pid < 0 && errno == EINVAL)
		pid = clone(child_main, task->stack + sizeof(task->stack), SIGCHLD, task);
	return pid < 0 ? -errno : pid;
}
