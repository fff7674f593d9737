/*
 * See descendants.h.
 *
 * A descendant is a process whose chain of parents leads to the init; orphans are its children, because it is
 * subreaper. Each process is read once or twice, whatever its depth: two sets with a bit for each pid keep
 * what is known about the processes on its chain.
 *
 * A pid may be reused between reading and signalling. So a process that started after the walk is never a
 * descendant: of the older ones each pid means one process, and what is known stays true. The signal goes to
 * a pidfd that was opened before the process was read.
 */
#include "init/descendants.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "common/msg.h"
#include "common/num.h"
#include "init/kernel.h"

#define PID_LIMIT        4194304 /* the kernel's */
#define TICKS_PER_SECOND 100     /* USER_HZ */

struct walk {
	pid_t self;
	uint64_t began; /* in ticks, as in /proc/PID/stat */
	uint8_t known[PID_LIMIT / 8];
	uint8_t ours[PID_LIMIT / 8]; /* of those that are known */
};

struct entry { /* struct linux_dirent64 */
	uint64_t ino;
	int64_t offset;
	uint16_t length;
	uint8_t type;
	char name[];
};

static bool is_marked(const uint8_t *set, pid_t pid)
{
	return set[pid / 8] >> (pid % 8) & 1;
}

static void mark(uint8_t *set, pid_t pid)
{
	set[pid / 8] |= (uint8_t)(1 << (pid % 8));
}

static int open_to_read(const char *path, int flags)
{
	return (int)kernel_call(SYS_openat, AT_FDCWD, (long)path, O_RDONLY | O_CLOEXEC | flags, 0);
}

/* Returns field n of a line, counted from 0; -1 if it is not a number. */
static int64_t field(const char *line, int n)
{
	uint64_t number;

	for (; n > 0; n--) {
		line += strcspn(line, " ");
		line += *line == ' ';
	}
	return num_parse(line, strcspn(line, " "), INT64_MAX, &number) == NUM_OK ? (int64_t)number : -1;
}

/* Returns the parent of a process that started before the walk; -1 for any other. */
static pid_t parent_of(const struct walk *walk, pid_t pid)
{
	char path[32], stat[512];

	msg_format(path, sizeof(path), "/proc/%d/stat", pid);
	int fd = open_to_read(path, 0);
	if (fd < 0)
		return -1;
	const long n = kernel_call(SYS_read, fd, (long)stat, sizeof(stat) - 1, 0);
	kernel_call(SYS_close, fd, 0, 0, 0);
	if (n <= 0)
		return -1;
	stat[n] = '\0';
	/* "PID (NAME) STATE PARENT ...": the name may contain anything, so start at the last parenthesis. */
	const char *rest = strrchr(stat, ')');
	if (!rest || strlen(rest) < 4)
		return -1;
	const int64_t parent = field(rest + 2, 1), born = field(rest + 2, 19);
	if (parent < 0 || parent >= PID_LIMIT || born < 0 || (uint64_t)born > walk->began)
		return -1;
	return (pid_t)parent;
}

/* Climbs from pid to the first known process, the init, or the top. Returns its pid; -1 if one is gone. */
static pid_t climb(const struct walk *walk, pid_t pid)
{
	for (int steps = 0; pid > 1 && pid != walk->self && !is_marked(walk->known, pid); steps++)
		pid = steps < PID_LIMIT ? parent_of(walk, pid) : -1;
	return pid;
}

static bool is_descendant(struct walk *walk, pid_t pid)
{
	pid_t top = climb(walk, pid);

	/* A parent that ends meanwhile is absent, or has parent 0. Its children get a new one. */
	for (int tries = 0; top <= 0 && tries < 3; tries++)
		top = climb(walk, pid);
	if (top < 0)
		return false;
	const bool ours = top == walk->self || (top > 1 && is_marked(walk->ours, top));
	for (pid_t p = pid; p > 1 && p != walk->self && !is_marked(walk->known, p); p = parent_of(walk, p)) {
		mark(walk->known, p);
		if (ours)
			mark(walk->ours, p);
	}
	return ours;
}

static bool signal_descendant(struct walk *walk, pid_t pid, int signal)
{
	const int fd = (int)kernel_call(SYS_pidfd_open, pid, 0, 0, 0);
	bool sent = false;

	if (is_descendant(walk, pid)) {
		/* Before Linux 5.3, or if a filter forbids pidfds, use the pid. */
		if (fd >= 0)
			sent = kernel_call(SYS_pidfd_send_signal, fd, signal, 0, 0) == 0;
		else
			sent = kernel_kill(pid, signal) == 0;
	}
	if (fd >= 0)
		kernel_call(SYS_close, fd, 0, 0, 0);
	return sent;
}

/* The /proc of another PID namespace has other processes' pids. */
static bool proc_is_ours(pid_t self)
{
	char link[16], expected[16];
	const long n =
		kernel_call(SYS_readlinkat, AT_FDCWD, (long)"/proc/self", (long)link, sizeof(link) - 1);

	if (n < 0)
		return false;
	link[n] = '\0';
	msg_format(expected, sizeof(expected), "%d", self);
	return strcmp(link, expected) == 0;
}

static int signal_each(struct walk *walk, int proc, int signal)
{
	_Alignas(struct entry) char buf[2048];
	int count = 0;
	long n;

	while ((n = kernel_call(SYS_getdents64, proc, (long)buf, sizeof(buf), 0)) > 0)
		for (long at = 0; at < n;) {
			const struct entry *entry = (const void *)(buf + at);
			uint64_t pid;
			at += entry->length;
			if (num_parse(entry->name, strlen(entry->name), PID_LIMIT - 1, &pid) == NUM_OK &&
			    (pid_t)pid != walk->self && signal_descendant(walk, (pid_t)pid, signal))
				count++;
		}
	return count;
}

static uint64_t ticks_now(void)
{
	struct kernel_timespec now = {0, 0};

	kernel_call(SYS_clock_gettime, CLOCK_BOOTTIME, (long)&now, 0, 0);
	return (uint64_t)now.seconds * TICKS_PER_SECOND +
	       (uint64_t)now.nanoseconds / (1000000000 / TICKS_PER_SECOND);
}

static int walk_proc(pid_t self, int signal)
{
	if (!proc_is_ours(self))
		return -ESRCH;
	const int proc = open_to_read("/proc", O_DIRECTORY);
	if (proc < 0)
		return proc;
	/* The kernel allocates only the pages in which a bit is set. */
	struct walk *walk = mmap(NULL, sizeof(*walk), PROT_READ | PROT_WRITE,
				 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	int result = -ENOMEM;
	if (walk != MAP_FAILED) {
		walk->self = self;
		walk->began = ticks_now();
		result = signal_each(walk, proc, signal);
		munmap(walk, sizeof(*walk));
	}
	kernel_call(SYS_close, proc, 0, 0, 0);
	return result;
}

int descendants_signal(pid_t self, int signal)
{
	return self == 1 ? kernel_kill(-1, signal) == 0 : walk_proc(self, signal);
}
