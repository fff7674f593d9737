/*
 * A command for the programs under test to run: it prints what it was given, or does what it is told.
 *
 *   probe ids            uid, gid and groups: "uid R E S F", "gid R E S F", "groups G..."
 *   probe signals        "blocked HEX", "ignored HEX" as in /proc/self/status
 *   probe session        "pid P ppid P pgid P sid P foreground P": of the terminal on stdin, or -1
 *   probe args [A...]    one line "arg A" each
 *   probe env            one line "env NAME=VALUE" each, in order
 *   probe fds            "fds N...": the open descriptors
 *   probe wait [N STATUS]  "ready", then "signal N" for each signal that comes. Exits with STATUS at signal
 * N, and with 1 after 100 s without a signal. probe chain N        N processes, each the child of the one
 * before it; the last prints "ready". They ignore TERM and USR1, and end after 100 s. probe exit N exits with
 * status N probe kill N         dies of signal N
 */
#include <dirent.h>
#include <errno.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/resource.h>
#include <unistd.h>

extern char **environ;

static void show_status_lines(const char *const *from, const char *const *to)
{
	char line[65536];
	FILE *status = fopen("/proc/self/status", "re");

	if (!status)
		return;
	while (fgets(line, sizeof(line), status))
		for (int i = 0; from[i]; i++)
			if (strncmp(line, from[i], strlen(from[i])) == 0)
				printf("%s%s", to[i], line + strlen(from[i]));
	fclose(status);
}

static void show_fds(void)
{
	DIR *dir = opendir("/proc/self/fd");

	printf("fds");
	for (struct dirent *e; dir && (e = readdir(dir));)
		if (e->d_name[0] != '.' && atoi(e->d_name) != dirfd(dir))
			printf(" %s", e->d_name);
	printf("\n");
}

static int wait_for_signals(int last, int status)
{
	const struct timespec timeout = {.tv_sec = 100};
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	puts("ready");
	for (;;) {
		int n = sigtimedwait(&all, NULL, &timeout);
		/* If the reader has gone, each line would cause a SIGPIPE, which would be the next signal to
		 * print. */
		if (n < 0 ? errno == EAGAIN : printf("signal %d\n", n) < 0)
			return 1;
		if (n == last)
			return status;
	}
}

static void chain(const char *self, int depth)
{
	char rest[16];

	signal(SIGTERM, SIG_IGN);
	signal(SIGUSR1, SIG_IGN);
	alarm(100);
	if (depth <= 1)
		puts("ready");
	/* Each executes the program again: a long chain of forks alone is slow in the kernel. */
	snprintf(rest, sizeof(rest), "%d", depth - 1);
	if (depth > 1 && fork() == 0)
		execl(self, self, "chain", rest, (char *)NULL);
	for (;;)
		pause();
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (strcmp(what, "ids") == 0)
		show_status_lines((const char *const[]){"Uid:", "Gid:", "Groups:", NULL},
				  (const char *const[]){"uid", "gid", "groups", NULL});
	else if (strcmp(what, "signals") == 0)
		show_status_lines((const char *const[]){"SigBlk:", "SigIgn:", NULL},
				  (const char *const[]){"blocked", "ignored", NULL});
	else if (strcmp(what, "session") == 0)
		printf("pid %d ppid %d pgid %d sid %d foreground %d\n", getpid(), getppid(), getpgrp(),
		       getsid(0), tcgetpgrp(STDIN_FILENO));
	else if (strcmp(what, "args") == 0)
		for (int i = 2; i < argc; i++)
			printf("arg %s\n", argv[i]);
	else if (strcmp(what, "env") == 0)
		for (char **e = environ; *e; e++)
			printf("env %s\n", *e);
	else if (strcmp(what, "fds") == 0)
		show_fds();
	else if (strcmp(what, "wait") == 0)
		return argc > 3 ? wait_for_signals(atoi(argv[2]), atoi(argv[3])) : wait_for_signals(0, 0);
	else if (strcmp(what, "chain") == 0 && argc > 2)
		chain(argv[0], atoi(argv[2]));
	else if (strcmp(what, "exit") == 0 && argc > 2)
		return atoi(argv[2]);
	else if (strcmp(what, "kill") == 0 && argc > 2) {
		struct rlimit none = {0, 0};
		setrlimit(RLIMIT_CORE, &none);
		raise(atoi(argv[2]));
		return 124;
	} else
		return 2;
	return fflush(stdout) == 0 ? 0 : 1;
}
