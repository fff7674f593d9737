/*
 * The worst child that an init in a container can have. It is static, so that it runs in an empty image.
 *
 *   storm orphans N   creates N orphans as fast as it can, then waits until all are reaped
 *   storm signals N   sends N real-time signals to the init, which must send each back in order
 *   storm forks       forks until the limit of processes is reached; prints "full", waits for TERM
 *   storm terminal    checks that it has a terminal and is in its foreground
 *
 * The exit status is 7 if all is as it should be. Run it only with a limit of processes, as stress_engine.sh
 * does. If the limit is reached, storm gets slower but does not fail.
 */
#include <dirent.h>
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { HELD = 7, BURST = 100 };

static int processes(void)
{
	DIR *dir = opendir("/proc");
	int count = 0;

	for (struct dirent *e; dir && (e = readdir(dir));)
		count += e->d_name[0] >= '1' && e->d_name[0] <= '9';
	if (dir)
		closedir(dir);
	return count;
}

/* Forks as soon as the limit of processes allows it. */
static pid_t patient_fork(void)
{
	pid_t pid;

	while ((pid = fork()) < 0)
		sched_yield();
	return pid;
}

static int orphans(int n)
{
	const int before = processes();

	for (int i = 0; i < n; i++) {
		const pid_t parent = patient_fork();
		if (parent == 0) {
			patient_fork();
			_exit(0);
		}
		waitpid(parent, NULL, 0);
	}
	/* They are not our children, so there is no event to wait for. */
	while (processes() > before)
		usleep(1000);
	return HELD;
}

static int signals(int n)
{
	sigset_t all;
	siginfo_t info;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	for (int sent = 0; sent < n; sent += BURST) {
		for (int i = 0; i < BURST; i++)
			if (sigqueue(getppid(), SIGRTMIN, (union sigval){.sival_int = sent + i}) < 0)
				return 1;
		for (int i = 0; i < BURST; i++)
			if (sigwaitinfo(&all, &info) != SIGRTMIN || info.si_value.sival_int != sent + i)
				return 2;
	}
	return HELD;
}

static int forks(void)
{
	int full[2];
	char byte;
	sigset_t term;

	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigprocmask(SIG_BLOCK, &term, NULL);
	if (pipe(full) < 0)
		return 1;
	if (fork() == 0)
		for (;;)
			if (fork() < 0 && write(full[1], "", 1) == 1)
				sched_yield();
	if (read(full[0], &byte, 1) != 1)
		return 1;
	/* Nothing is read from here on: a process that cannot fork blocks once the pipe is full. */
	puts("full");
	fflush(stdout);
	return sigwaitinfo(&term, NULL) == SIGTERM ? HELD : 1;
}

static int terminal(void)
{
	return isatty(STDIN_FILENO) && tcgetpgrp(STDIN_FILENO) == getpgrp() ? HELD : 1;
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	const int n = argc > 2 ? atoi(argv[2]) : 0;

	if (strcmp(what, "orphans") == 0)
		return orphans(n);
	if (strcmp(what, "signals") == 0)
		return signals(n);
	if (strcmp(what, "forks") == 0)
		return forks();
	if (strcmp(what, "terminal") == 0)
		return terminal();
	return 2;
}
