/*
 * See rest.h.
 *
 * A descendant is a process whose chain of parents leads to us; orphans are our own children, as we are
 * subreaper. Nothing is allocated and no tree is built: each process climbs by itself.
 *
 * A pid that is read may be another process by the time it is signalled. So a pidfd is opened first, then the
 * chain is climbed, twice: whoever has the pid of the dead by then has another chain, and whoever died leaves
 * a pidfd that reaches nobody.
 */
#include "init/rest.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "common/msg.h"
#include "common/num.h"

#define CHAIN_MAX 4096 /* parents to climb; deeper is a loop that read two states of a changing tree */

struct entry { /* struct linux_dirent64 */
	uint64_t ino;
	int64_t offset;
	uint16_t length;
	uint8_t type;
	char name[];
};

/* Not open(): the C library of a static build adds an fcntl() to every one. */
static int open_to_read(const char *path, int flags)
{
	return (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC | flags);
}

/* The parent of a process, or -1. */
static pid_t parent_of(pid_t pid)
{
	char path[32], stat[512];
	uint64_t parent;

	msg_format(path, sizeof(path), "/proc/%d/stat", pid);
	int fd = open_to_read(path, 0);
	if (fd < 0)
		return -1;
	ssize_t n = read(fd, stat, sizeof(stat) - 1);
	close(fd);
	if (n <= 0)
		return -1;
	stat[n] = '\0';
	/* "PID (NAME) STATE PARENT": the name may hold anything, so from its last parenthesis. */
	const char *p = strrchr(stat, ')');
	if (!p || strlen(p) < 4)
		return -1;
	p += 4;
	if (num_parse(p, strcspn(p, " "), INT32_MAX, &parent) != NUM_OK)
		return -1;
	return (pid_t)parent;
}

static bool is_descendant(pid_t pid, pid_t self)
{
	for (int i = 0; i < CHAIN_MAX && pid > 1; i++) {
		pid = parent_of(pid);
		if (pid == self)
			return true;
	}
	return false;
}

static bool signal_descendant(pid_t pid, pid_t self, int signal)
{
	int fd = (int)syscall(SYS_pidfd_open, pid, 0);
	bool sent = false;

	/* NOLINTNEXTLINE(misc-redundant-expression): twice, for the reason above */
	if (is_descendant(pid, self) && is_descendant(pid, self)) {
		/* Before Linux 5.3, or where a filter forbids pidfds, the pid has to do. */
		if (fd >= 0)
			sent = syscall(SYS_pidfd_send_signal, fd, signal, NULL, 0) == 0;
		else
			sent = kill(pid, signal) == 0;
	}
	if (fd >= 0)
		close(fd);
	return sent;
}

/* A /proc of another PID namespace would tell us strangers' pids. */
static bool proc_is_ours(pid_t self)
{
	char link[16], expected[16];
	ssize_t n = readlink("/proc/self", link, sizeof(link) - 1);

	if (n < 0)
		return false;
	link[n] = '\0';
	msg_format(expected, sizeof(expected), "%d", self);
	return strcmp(link, expected) == 0;
}

static int signal_descendants(pid_t self, int signal)
{
	_Alignas(struct entry) char buf[2048];
	int count = 0;
	long n;

	if (!proc_is_ours(self))
		return 0;
	int dir = open_to_read("/proc", O_DIRECTORY);
	if (dir < 0)
		return 0;
	while ((n = syscall(SYS_getdents64, dir, buf, sizeof(buf))) > 0)
		for (long at = 0; at < n;) {
			const struct entry *entry = (const void *)(buf + at);
			uint64_t pid;
			at += entry->length;
			if (num_parse(entry->name, strlen(entry->name), INT32_MAX, &pid) == NUM_OK &&
			    signal_descendant((pid_t)pid, self, signal))
				count++;
		}
	close(dir);
	return count;
}

int rest_signal(int signal)
{
	pid_t self = getpid();

	if (self == 1)
		return kill(-1, signal) == 0;
	return signal_descendants(self, signal);
}
