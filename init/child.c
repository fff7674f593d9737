/*
 * See child.h.
 *
 * The child is a clone that shares our memory and holds us up until it has executed the command or ended, as
 * vfork(2) does: no page table is copied, its errors are plain variables, and no signal can be forwarded
 * before its group exists. The price: it runs on memory that is ours.
 *
 *   - It has a stack of its own within ours, as musl's vfork() is a fork() on some architectures, where
 *     nothing it writes would come back.
 *   - Every signal stays blocked until just before execve(), and we have no handlers: nothing of ours can run
 *     in it. Terminal calls of a background process raise no SIGTTOU for the same reason.
 *   - A SIGTSTP from the terminal between unblocking and execve() would stop it and leave us waiting for
 *     ever. So nothing happens in between: PATH is searched with signals blocked, and blocked again after
 *     a failure.
 */
#include "init/child.h"

#include <alloca.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "common/msg.h"
#include "common/num.h"
#include "common/path_search.h"
#include "init/kernel.h"

#define SHELL     "/bin/sh"
#define STACK_GAP 1024 /* child_spawn()'s own frame and clone()'s, with room to spare */

/*
 * For what does not return when the command runs: the marks that AddressSanitizer has put around its
 * variables would stay, on a stack that is ours again.
 */
#define NEVER_LEFT __attribute__((no_sanitize("address")))

struct task {
	const struct config *config;
	const struct inherited *inherited;
	struct child *child;
	int directory; /* where the command is to start; -1: where we are */
};

/* Returns only with errno set. */
static NEVER_LEFT void execute(const struct task *task, const char *file)
{
	char **command = task->config->command;

	if (kernel_sigprocmask(SIG_SETMASK, task->inherited->mask, NULL) < 0)
		return;
	execve(file, command, environ);
	if (errno == ENOEXEC) {
		/* A script without its first line: run it as a shell does. The word before the command is
		 * free. */
		union {
			const char *from;
			char *to;
		} shell = {.from = SHELL}, script = {.from = file};
		char *name = command[0];
		command[-1] = shell.to;
		command[0] = script.to;
		execve(SHELL, command - 1, environ);
		command[0] = name;
	}
	int error = errno;
	kernel_sigprocmask(SIG_SETMASK, SIGNALS_ALL, NULL);
	errno = error;
}

/* Returns the errno that execvp(3) would. */
static COLD NEVER_LEFT int search(const struct task *task)
{
	const char *name = task->config->command[0];
	const char *path = getenv("PATH");
	int error = ENOENT;

	if (*name == '\0')
		return ENOENT;
	if (strchr(name, '/')) {
		execute(task, name);
		return errno;
	}
	if (!path)
		path = task->config->default_path;
	/* Not PATH_MAX: on a stack that is ours afterwards, a page that is never touched costs nothing. */
	struct path_search search = {path, name, alloca(path_search_size(path, name))};
	while (path_search_next(&search)) {
		if (access(search.file, F_OK) < 0 && path_search_absent(errno))
			continue;
		execute(task, search.file);
		if (errno == EACCES)
			error = EACCES;
		else if (!path_search_absent(errno))
			return errno;
	}
	return error;
}

/* Socket activation: the descriptors were meant for our pid, they are for the child's. See sd_listen_fds(3).
 */
static void pass_listen_pid(char *buf, size_t size)
{
	static const char name[] = "LISTEN_PID=";
	uint64_t pid;

	for (char **e = environ; *e; e++) {
		if (strncmp(*e, name, sizeof(name) - 1) != 0)
			continue;
		const char *value = *e + sizeof(name) - 1;
		if (num_parse(value, strlen(value), INT32_MAX, &pid) == NUM_OK && (pid_t)pid == getppid()) {
			msg_format(buf, size, "%s%d", name, getpid());
			*e = buf;
		}
	}
}

static COLD NEVER_LEFT int child_main(void *arg)
{
	const struct task *task = arg;
	const struct exit_codes *codes = &task->config->codes;
	char listen_pid[32];

	switch (task->config->placement) {
	case PLACE_GROUP:
		setpgid(0, 0);
		if (task->inherited->foreground)
			tcsetpgrp(STDIN_FILENO, getpid());
		break;
	case PLACE_SESSION:
		setsid();
		if (ioctl(STDIN_FILENO, TIOCSCTTY, 0) < 0)
			task->child->attach_error = errno;
		break;
	case PLACE_SHARED:
		break;
	}
	if (task->inherited->sigchld_ignored)
		kernel_set_ignored(SIGCHLD, true);
	pass_listen_pid(listen_pid, sizeof(listen_pid));
	int error = task->directory >= 0 && syscall(SYS_fchdir, task->directory) < 0 ? errno : search(task);
	task->child->exec_error = error;
	_exit(error == ENOENT   ? codes->not_found
	      : error == EACCES ? codes->not_permitted
				: codes->not_executed);
}

static void leave_directory(void)
{
	if (chdir("/") < 0) {
		/* one that is held is no reason to end */
	}
}

int child_spawn(const struct config *config, const struct inherited *inherited, struct child *child)
{
	struct task task = {.config = config, .inherited = inherited, .child = child};
	char *stack = (char *)__builtin_frame_address(0) - STACK_GAP;

	*child = (struct child){.pid = -1};
	/* We hold no directory, and that before the command runs, as it may look. */
	task.directory = (int)syscall(SYS_openat, AT_FDCWD, ".", O_PATH | O_CLOEXEC);
	if (task.directory >= 0)
		leave_directory();
	child->pid =
		clone(child_main, stack - (uintptr_t)stack % 16, CLONE_VM | CLONE_VFORK | SIGCHLD, &task);
	int error = child->pid < 0 ? errno : 0;
	if (task.directory >= 0 && task.directory <= STDERR_FILENO)
		close(task.directory);
	if (task.directory < 0)
		leave_directory();
	return error;
}
