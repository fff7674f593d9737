/*
 * A cgroup of the test's own with room for one process, if the kernel and our rights allow one.
 *
 * Nothing of the machine changes: the hierarchy is mounted nowhere, no controller is turned on, and the
 * cgroup is removed when the test ends, however it does.
 */
#pragma once

#include "test/support/harness.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct cgroup {
	int tree; /* the hierarchy */
	char name[32];
	int files; /* this cgroup's directory in it */
	int alive; /* the write end of a pipe; the remover reads its other end to the end */
	pid_t remover;
};

/* flag: the controller for a v1 hierarchy; NULL for v2, which has one hierarchy. Returns -1 if it cannot be
 * mounted. */
static inline int cgroup_open_tree(const char *type, const char *flag)
{
	int context = fsopen(type, FSOPEN_CLOEXEC);
	int tree = -1;

	if (context >= 0 && (!flag || fsconfig(context, FSCONFIG_SET_FLAG, flag, NULL, 0) == 0) &&
	    fsconfig(context, FSCONFIG_CMD_CREATE, NULL, NULL, 0) == 0)
		tree = fsmount(context, FSMOUNT_CLOEXEC, 0);
	close(context);
	return tree;
}

static inline bool cgroup_write(const struct cgroup *cgroup, const char *name, const char *text)
{
	int fd = openat(cgroup->files, name, O_WRONLY | O_CLOEXEC);
	bool written = fd >= 0 && write(fd, text, strlen(text)) > 0;

	close(fd);
	return written;
}

/* A cgroup outlives the process that made it, so another process, which ignores signals, waits for our end
 * and removes it. */
static inline void cgroup_start_remover(struct cgroup *cgroup)
{
	uint64_t all = UINT64_MAX;
	int end[2], failed;
	char byte;

	assert_int_equal(pipe2(end, O_CLOEXEC), 0);
	cgroup->alive = end[1];
	cgroup->remover = fork();
	assert_true(cgroup->remover >= 0);
	if (cgroup->remover > 0) {
		close(end[0]);
		return;
	}
	setsid();
	syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all, NULL, sizeof(all));
	close(end[1]);
	while (read(end[0], &byte, 1) > 0)
		;
	/* Busy: the processes in it die with the test, in a moment. */
	while ((failed = unlinkat(cgroup->tree, cgroup->name, AT_REMOVEDIR)) < 0 && errno == EBUSY)
		usleep(1000);
	_exit(failed != 0);
}

static inline void cgroup_remove(struct cgroup *cgroup)
{
	int status;

	close(cgroup->alive);
	assert_int_equal(waitpid(cgroup->remover, &status, 0), cgroup->remover);
	assert_int_equal(status, 0);
	close(cgroup->files);
	close(cgroup->tree);
}

/* Returns false, and leaves nothing, if a cgroup of this type cannot be made. */
static inline bool cgroup_make(struct cgroup *cgroup, const char *type, const char *flag)
{
	cgroup->tree = cgroup_open_tree(type, flag);
	if (cgroup->tree < 0)
		return false;
	snprintf(cgroup->name, sizeof(cgroup->name), "praekelt-test.%d", getpid());
	if (mkdirat(cgroup->tree, cgroup->name, 0755) < 0) {
		close(cgroup->tree);
		return false;
	}
	cgroup_start_remover(cgroup);
	cgroup->files = openat(cgroup->tree, cgroup->name, O_PATH | O_CLOEXEC);
	if (cgroup_write(cgroup, "pids.max", "1"))
		return true;
	cgroup_remove(cgroup);
	return false;
}

/* Moves the calling process into it. Use it as before_exec of a harness_spec. */
static inline void cgroup_enter(void *cgroup)
{
	if (!cgroup_write(cgroup, "cgroup.procs", "0"))
		_exit(120);
}
