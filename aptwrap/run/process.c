/* See process.h. */
#include "aptwrap/run/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LOOK_MS = 1000, STOP_LOOK_MS = 100, STOP_GRACE_MS = 3000, STATUS_FD = 3 };

static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

uint64_t process_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

int signals_open(struct signals *signals)
{
	struct sigaction action;
	sigset_t watched;

	*signals = (struct signals){.fd = -1};
	sigemptyset(&watched);
	sigaddset(&watched, SIGCHLD);
	/* The caller may ignore SIGCHLD: the kernel would then reap the children itself. */
	signal(SIGCHLD, SIG_DFL);
	/* A closed standard output must not end us before the clean-up. */
	signals->pipe_before = signal(SIGPIPE, SIG_IGN);
	for (size_t i = 0; i < sizeof(ending) / sizeof(ending[0]); i++)
		if (sigaction(ending[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
			sigaddset(&watched, ending[i]);
	if (sigprocmask(SIG_BLOCK, &watched, &signals->before) < 0)
		return -1;
	signals->fd = signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK);
	return signals->fd < 0 ? -1 : 0;
}

/* Waits up to ms, or for ever if that is negative, and takes what has come. */
static void wait_for_signal(struct signals *signals, int ms)
{
	struct pollfd fd = {.fd = signals->fd, .events = POLLIN};
	struct signalfd_siginfo info;

	/* Interrupted or not, the caller looks at everything again. */
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

char *process_find(const char *name, char *const *envp)
{
	const char *at = "";

	for (; *envp; envp++)
		if (strncmp(*envp, "PATH=", 5) == 0)
			at = *envp + 5;
	while (*at) {
		size_t len = strcspn(at, ":");
		struct text path = {0};

		text_add_bytes(&path, at, len);
		text_add(&path, "/");
		text_add(&path, name);
		/* An empty entry means the current directory: root runs nothing from there. */
		if (len > 0 && access(path.data, X_OK) == 0)
			return path.data;
		at += len + (at[len] == ':');
	}
	return NULL;
}

/* In the child of a vfork(): system calls only, and nothing of the parent's memory is written. */
static _Noreturn void become_command(const struct process *process, const char *path, int null,
				     const struct signals *signals)
{
	setsid();
	if (dup2(null, STDIN_FILENO) < 0 || dup2(process->output, STDOUT_FILENO) < 0 ||
	    dup2(process->errors, STDERR_FILENO) < 0 ||
	    (process->status_fd >= 0 && dup2(process->status_fd, STATUS_FD) < 0))
		_exit(126);
	signal(SIGPIPE, signals->pipe_before);
	sigprocmask(SIG_SETMASK, &signals->before, NULL);
	execve(path, process->argv->items, process->envp);
	_exit(errno == ENOENT ? 127 : 126);
}

static pid_t start(const struct process *process, const struct signals *signals)
{
	char *path = process_find(process->argv->items[0], process->envp);

	if (!path) {
		errno = ENOENT;
		return -1;
	}
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	/* An image whose /dev is empty: the end of a pipe is as good. */
	if (null < 0) {
		int pair[2];
		if (pipe2(pair, O_CLOEXEC) < 0)
			return -1;
		close(pair[1]);
		null = pair[0];
	}
	pid_t pid = vfork();
	if (pid == 0)
		become_command(process, path, null, signals);
	int why = errno;
	close(null);
	errno = why;
	return pid;
}

/* Reads on in apt's status file: "dlstatus:..." while it fetches, "pmstatus:..." while dpkg runs. */
static void read_phase(const struct process *process, off_t *at, struct process_result *result)
{
	char buf[4096];
	ssize_t n;

	while (process->status_fd >= 0 && (n = pread(process->status_fd, buf, sizeof(buf), *at)) > 0) {
		result->fetched |= text_contains(buf, (size_t)n, "dlstatus:");
		result->dpkg_began |= text_contains(buf, (size_t)n, "pmstatus:");
		/* A word may stand across the end of the buffer. */
		if ((size_t)n < sizeof(buf))
			return;
		*at += n - 16;
	}
}

struct watch {
	off_t status_at;
	uint64_t progress, since_ms; /* the last number, and when it last changed */
	uint64_t kill_at_ms;         /* 0: it was not told to stop */
};

/*
 * SIGINT, and to the leader alone: apt ignores it from before it starts dpkg until dpkg has ended, so that
 * either apt ends, and there is no dpkg, or dpkg is not disturbed. If apt has ended, or if it does not react
 * although it has not come to dpkg, SIGKILL takes the rest of the session, its download methods.
 */
static void stop(pid_t pid, struct watch *watch)
{
	kill(pid, SIGINT);
	watch->kill_at_ms = process_now_ms() + STOP_GRACE_MS;
}

static bool is_stalled(const struct process *process, const struct process_result *result,
		       struct watch *watch)
{
	uint64_t now = process_now_ms();

	if (!process->stall_s || !result->fetched)
		return false;
	uint64_t progress = process->progress(process->arg);
	if (progress != watch->progress || watch->since_ms == 0) {
		watch->progress = progress;
		watch->since_ms = now;
	}
	return now - watch->since_ms >= (uint64_t)process->stall_s * 1000;
}

static void look(const struct process *process, pid_t pid, int signal_got, struct watch *watch,
		 struct process_result *result)
{
	read_phase(process, &watch->status_at, result);
	if (!process->stoppable || result->dpkg_began)
		return;
	if (watch->kill_at_ms) {
		if (process_now_ms() >= watch->kill_at_ms)
			kill(-pid, SIGKILL);
	} else if (signal_got) {
		stop(pid, watch);
	} else if (is_stalled(process, result, watch)) {
		result->stalled = true;
		stop(pid, watch);
	}
}

int process_run(const struct process *process, struct signals *signals, struct process_result *result)
{
	struct watch watch = {0};
	int status = 0;
	pid_t pid = start(process, signals), ended;

	if (pid < 0)
		return -1;
	*result = (struct process_result){0};
	while ((ended = waitpid(pid, &status, WNOHANG)) == 0) {
		look(process, pid, signals->got, &watch, result);
		wait_for_signal(signals, watch.kill_at_ms ? STOP_LOOK_MS : process->stall_s ? LOOK_MS : -1);
	}
	if (ended < 0)
		return -1;
	read_phase(process, &watch.status_at, result);
	if (watch.kill_at_ms)
		kill(-pid, SIGKILL);
	result->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	return 0;
}

_Noreturn void signals_die(const struct signals *signals)
{
	const struct rlimit none = {0, 0};
	sigset_t set;

	/* SIGQUIT would leave a core file behind. */
	setrlimit(RLIMIT_CORE, &none);
	signal(signals->got, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, signals->got);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	raise(signals->got);
	_exit(128 + signals->got);
}
