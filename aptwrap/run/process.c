/* Starts commands, waits for them, stops them. See run.h. */
#include "aptwrap/run/run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LOOK_MS = 200, STOP_GRACE_MS = 3000, STATUS_FD = 3 };

uint64_t process_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

int signals_open(struct signals *signals)
{
	static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
	struct sigaction action;
	sigset_t watched;

	*signals = (struct signals){.fd = -1};
	sigemptyset(&watched);
	sigaddset(&watched, SIGCHLD);
	/* If the caller ignored SIGCHLD, the kernel would reap the commands itself. */
	signal(SIGCHLD, SIG_DFL);
	/* If the reader of our output is gone, the run goes on and cleans up. */
	signal(SIGPIPE, SIG_IGN);
	for (size_t i = 0; i < sizeof(ending) / sizeof(ending[0]); i++)
		if (sigaction(ending[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
			sigaddset(&watched, ending[i]);
	if (sigprocmask(SIG_BLOCK, &watched, &signals->before) == 0)
		signals->fd = signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK);
	return signals->fd < 0 ? -1 : 0;
}

/* Waits up to ms, or for ever if ms is negative, and reads the signals. */
static void wait_for_signal(struct signals *signals, int ms)
{
	struct pollfd fd = {.fd = signals->fd, .events = POLLIN};
	struct signalfd_siginfo info;

	/* A failure does not matter: the caller checks everything again. */
	(void)poll(&fd, 1, ms);
	while (read(signals->fd, &info, sizeof(info)) == sizeof(info))
		if (info.ssi_signo != SIGCHLD && !signals->got)
			signals->got = (int)info.ssi_signo;
}

bool signals_pause(struct signals *signals, unsigned ms)
{
	uint64_t end = process_now_ms() + ms, now;

	while (!signals->got && (now = process_now_ms()) < end)
		wait_for_signal(signals, (int)(end - now));
	return signals->got != 0;
}

_Noreturn void signals_die(const struct signals *signals)
{
	const struct rlimit none = {0, 0};

	/* SIGQUIT would leave a core file behind. */
	setrlimit(RLIMIT_CORE, &none);
	signal(signals->got, SIG_DFL);
	sigprocmask(SIG_SETMASK, &signals->before, NULL);
	raise(signals->got);
	_exit(128 + signals->got);
}

/* Runs in the child of vfork(), and must not write to memory, which is the parent's. */
static _Noreturn void become_command(const struct process *process, int input, const struct signals *signals)
{
	setsid();
	if (dup2(input, STDIN_FILENO) < 0 || dup2(process->fds[0], STDOUT_FILENO) < 0 ||
	    dup2(process->fds[1], STDERR_FILENO) < 0 ||
	    (process->status_fd >= 0 && dup2(process->status_fd, STATUS_FD) < 0))
		_exit(PROCESS_NOT_RUN);
	signal(SIGPIPE, SIG_DFL);
	sigprocmask(SIG_SETMASK, &signals->before, NULL);
	execvp(process->argv->items[0], process->argv->items);
	_exit(errno == ENOENT ? PROCESS_NOT_FOUND : PROCESS_NOT_RUN);
}

static pid_t start(const struct process *process, const struct signals *signals)
{
	int input[2];

	/* Unlike /dev/null, a pipe without a writer exists in every image. */
	if (pipe2(input, O_CLOEXEC) < 0)
		return -1;
	close(input[1]);
	pid_t pid = vfork();
	if (pid == 0)
		become_command(process, input[0], signals);
	descriptor_close(input[0]);
	return pid;
}

/* Continues to read apt's status file: "dlstatus:..." is a download, "pmstatus:..." dpkg. */
static void read_phase(const struct process *process, off_t *at, struct process_result *result)
{
	char buf[4096 + 1];
	ssize_t n;

	while (process->status_fd >= 0 && (n = pread(process->status_fd, buf, sizeof(buf) - 1, *at)) > 0) {
		buf[n] = '\0';
		result->fetched |= strstr(buf, "dlstatus:") != NULL;
		result->dpkg_began |= strstr(buf, "pmstatus:") != NULL;
		/* The next read starts 16 bytes earlier: a word may be cut at the end of the buffer. */
		if ((size_t)n < sizeof(buf) - 1)
			return;
		*at += n - 16;
	}
}

/* Copies new output. If that fails, the command goes on. */
static void copy_output(const struct process *process, off_t *copied)
{
	char buf[16384];
	ssize_t n, done;

	for (int i = 0; i < 2; i++)
		while (process->copied[i] && (n = pread(process->fds[i], buf, sizeof(buf), copied[i])) > 0) {
			done = write(STDOUT_FILENO + i, buf, (size_t)n);
			copied[i] += done > 0 ? done : n;
		}
}

/* Whether progress() has not changed for stall_s. *since_ms is the time of the last change. */
static bool is_stalled(const struct process *process, uint64_t *progress, uint64_t *since_ms)
{
	uint64_t now = process->stall_s > 0 ? process->progress(process->arg) : 0, now_ms = process_now_ms();

	if (now != *progress || *since_ms == 0)
		*since_ms = now_ms;
	*progress = now;
	return process->stall_s > 0 && now_ms - *since_ms >= (uint64_t)process->stall_s * 1000;
}

int process_run(const struct process *process, struct signals *signals, struct process_result *result)
{
	uint64_t kill_at_ms = 0, progress = 0, since_ms = 0;
	off_t status_at = 0, copied[2] = {0, 0};
	int status = 0;
	pid_t pid = start(process, signals), ended;

	*result = (struct process_result){0};
	while ((ended = pid < 0 ? -1 : waitpid(pid, &status, WNOHANG)) == 0) {
		read_phase(process, &status_at, result);
		copy_output(process, copied);
		result->stalled |=
			result->fetched && !result->dpkg_began && is_stalled(process, &progress, &since_ms);
		/*
		 * SIGINT goes to apt alone. apt ignores it from before it starts dpkg until dpkg has ended.
		 * So either apt ends without dpkg, or dpkg is not disturbed and apt's status file soon shows
		 * it. SIGKILL ends the rest of the session: apt's download methods.
		 */
		bool stop = process->stoppable && !result->dpkg_began && (signals->got || result->stalled);
		if (stop && kill_at_ms == 0) {
			kill(pid, SIGINT);
			kill_at_ms = process_now_ms() + STOP_GRACE_MS;
		} else if (stop && process_now_ms() >= kill_at_ms) {
			kill(-pid, SIGKILL);
		}
		wait_for_signal(signals, stop || process->status_fd >= 0 ? LOOK_MS : -1);
	}
	/* A signal just before the command's end has not been read if waitpid() saw the end first. */
	wait_for_signal(signals, 0);
	if (ended < 0)
		return -1;
	read_phase(process, &status_at, result);
	copy_output(process, copied);
	if (kill_at_ms > 0)
		kill(-pid, SIGKILL);
	result->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	return 0;
}
