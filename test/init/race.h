/*
 * The start race: a SIGTERM at a random moment of the init's first milliseconds, many times. It must end
 * the command, or the init before there is a command; it must not get lost, which shows as an init that goes
 * on.
 *
 * BIN names the directory of the programs, so that the peers can be run: make stress BIN=...
 */
#pragma once

#include "test/support/harness.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define RACE_WINDOW_NS 3000000
#define RACE_LOST_MS   5000

static const char *const race_modes[][3] = {
	{"tini", "-s"},      {"tini", "-sg"}, {"dumb-init", "--"},
	{"dumb-init", "-c"}, {"dinit", "--"}, {"dinit", "--setsid"},
};
#define RACE_MODES (sizeof(race_modes) / sizeof(race_modes[0]))

static inline bool race_read(pid_t pid, const char *name, char *text, size_t size)
{
	char path[128];

	snprintf(path, sizeof(path), "/proc/%d/%s", pid, name);
	FILE *file = fopen(path, "re");
	size_t n = file ? fread(text, 1, size - 1, file) : 0;
	text[n] = '\0';
	if (file)
		fclose(file);
	return n > 0;
}

/* While sigtimedwait() sleeps, /proc shows no signal as blocked; then the init has a child. */
static inline void race_wait_until_blocked(pid_t pid)
{
	char text[4096], children[64];
	const char *blocked;

	snprintf(children, sizeof(children), "task/%d/children", pid);
	while (race_read(pid, "status", text, sizeof(text)) && (blocked = strstr(text, "SigBlk:\t")) &&
	       !(strtoull(blocked + 8, NULL, 16) & 1u << (SIGTERM - 1)))
		if (race_read(pid, children, text, sizeof(text)))
			return;
}

static inline pid_t race_start(const char *path, const char *const *mode, bool pid1)
{
	unsigned long flags = SIGCHLD;

	if (pid1)
		flags |= CLONE_NEWPID | (geteuid() != 0 ? CLONE_NEWUSER : 0);
	pid_t pid = harness_clone(flags);
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		execl(path, mode[0], mode[1], "/bin/sleep", "1000", (char *)NULL);
		_exit(123);
	}
	return pid;
}

/* Returns whether the init ended by itself; otherwise kills it. */
static inline bool race_ended(pid_t pid)
{
	int fd = (int)syscall(SYS_pidfd_open, pid, 0);
	struct pollfd end = {.fd = fd, .events = POLLIN};
	bool ended = poll(&end, 1, RACE_LOST_MS) == 1;
	int status;

	close(fd);
	if (!ended)
		kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	int how = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	if (ended && how != 128 + SIGTERM)
		fail_msg("ended with %d", how);
	return ended;
}

/* Returns how many signals were lost. */
static inline int race(size_t mode, bool pid1, int rounds)
{
	char path[4096];
	unsigned seed = 1;
	int lost = 0;

	snprintf(path, sizeof(path), "%s", harness_bin(race_modes[mode][0]));
	for (int round = 0; round < rounds; round++) {
		pid_t pid = race_start(path, race_modes[mode], pid1);
		assert_true(pid > 0);
		/* The kernel drops what PID 1 of a namespace neither handles nor blocks. */
		if (pid1)
			race_wait_until_blocked(pid);
		nanosleep(&(struct timespec){.tv_nsec = rand_r(&seed) % RACE_WINDOW_NS}, NULL);
		kill(pid, SIGTERM);
		if (!race_ended(pid))
			lost++;
	}
	return lost;
}
