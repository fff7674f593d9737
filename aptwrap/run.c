/* See run.h. */
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TICK_MS = 100, LOOK_MS = 1000, STOP_GRACE_MS = 3000, STATUS_FD = 3 };

static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

uint64_t run_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

int run_signals_open(struct run_signals *signals)
{
	struct sigaction action;
	sigset_t watched;

	*signals = (struct run_signals){.fd = -1};
	sigemptyset(&watched);
	sigaddset(&watched, SIGCHLD);
	/* Whoever started us may ignore SIGCHLD: the kernel would then reap the children itself. */
	signal(SIGCHLD, SIG_DFL);
	/* Whoever reads our output may go away; that must not end us before the clean-up. */
	signals->pipe_before = signal(SIGPIPE, SIG_IGN);
	for (size_t i = 0; i < sizeof(ending) / sizeof(ending[0]); i++)
		if (sigaction(ending[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
			sigaddset(&watched, ending[i]);
	if (sigprocmask(SIG_BLOCK, &watched, &signals->before) < 0)
		return -1;
	signals->fd = signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK);
	return signals->fd < 0 ? -1 : 0;
}

/* Takes what has come. Returns whether a first signal that ends us is among it. */
static bool take_signals(struct run_signals *signals)
{
	struct signalfd_siginfo info;
	bool first = false;

	while (read(signals->fd, &info, sizeof(info)) == sizeof(info)) {
		if (info.ssi_signo == SIGCHLD || signals->got)
			continue;
		signals->got = (int)info.ssi_signo;
		first = true;
	}
	return first;
}

static void wait_for_signal(struct run_signals *signals, int ms)
{
	struct pollfd fd = {.fd = signals->fd, .events = POLLIN};

	/* Interrupted or not, the caller looks at everything again. */
	(void)poll(&fd, 1, ms);
}

bool run_pause(struct run_signals *signals, unsigned ms)
{
	uint64_t end = run_now_ms() + ms, now;

	while (!signals->got && (now = run_now_ms()) < end) {
		wait_for_signal(signals, (int)(end - now));
		take_signals(signals);
	}
	return signals->got != 0;
}

static const char *find_path(char *const *envp)
{
	for (; *envp; envp++)
		if (strncmp(*envp, "PATH=", 5) == 0)
			return *envp + 5;
	return "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
}

char *run_find(const char *name, char *const *envp)
{
	if (strchr(name, '/'))
		return text_join(name, NULL);
	for (const char *at = find_path(envp); *at;) {
		size_t len = strcspn(at, ":");
		struct text path = {0};

		text_add_bytes(&path, at, len);
		text_add(&path, "/");
		text_add(&path, name);
		/* An empty entry would mean the current directory: no place to take root's programs from. */
		if (len > 0 && access(path.data, X_OK) == 0)
			return path.data;
		at += len + (at[len] == ':');
	}
	return NULL;
}

/* In the child of a vfork(): system calls only, and nothing of the parent's is written. */
static _Noreturn void become_command(const struct run_command *command, const char *path, int null,
				     const struct run_signals *signals)
{
	setpgid(0, 0);
	if (dup2(null, STDIN_FILENO) < 0 || dup2(command->output, STDOUT_FILENO) < 0 ||
	    dup2(command->output, STDERR_FILENO) < 0 ||
	    (command->status >= 0 && dup2(command->status, STATUS_FD) < 0))
		_exit(126);
	signal(SIGPIPE, signals->pipe_before);
	sigprocmask(SIG_SETMASK, &signals->before, NULL);
	execve(path, command->argv->items, command->envp);
	_exit(errno == ENOENT ? 127 : 126);
}

static pid_t start(const struct run_command *command, const struct run_signals *signals)
{
	char *path = run_find(command->argv->items[0], command->envp);

	if (!path) {
		errno = ENOENT;
		return -1;
	}
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	/* An image whose /dev is empty: an end of file is all that is wanted. */
	if (null < 0) {
		int pair[2];
		if (pipe2(pair, O_CLOEXEC) < 0)
			return -1;
		close(pair[1]);
		null = pair[0];
	}
	pid_t pid = vfork();
	if (pid == 0)
		become_command(command, path, null, signals);
	int saved = errno;
	close(null);
	errno = saved;
	return pid;
}

/* Whether apt has begun to run dpkg: the first line about the package manager on its status descriptor. */
static bool dpkg_began(const struct run_command *command)
{
	char buf[4096 + 16];
	off_t at = 0;
	ssize_t n;

	if (command->status < 0)
		return false;
	while ((n = pread(command->status, buf, sizeof(buf), at)) > 0) {
		if (text_contains(buf, (size_t)n, "pmstatus:"))
			return true;
		if ((size_t)n < sizeof(buf))
			break;
		/* The word may stand across the end of the buffer. */
		at += n - 16;
	}
	return false;
}

static bool may_stop(const struct run_command *command)
{
	switch (command->kind) {
	case RUN_FINISH:
		return false;
	case RUN_FETCH:
		return true;
	case RUN_APT:
		return !dpkg_began(command);
	}
	return false;
}

struct watch {
	uint64_t progress, since_ms; /* the last number, and when it last changed */
	uint64_t kill_at_ms;         /* 0: it was not told to stop */
};

static void stop(pid_t pid, struct watch *watch)
{
	/* The whole group: apt's methods sit in a read that their parent's end does not always finish. */
	kill(-pid, SIGINT);
	watch->kill_at_ms = run_now_ms() + STOP_GRACE_MS;
}

static void look(const struct run_command *command, pid_t pid, struct watch *watch, struct run_result *result)
{
	uint64_t now = run_now_ms();

	if (watch->kill_at_ms) {
		if (now >= watch->kill_at_ms && may_stop(command))
			kill(-pid, SIGKILL);
		return;
	}
	if (!command->stall_s || command->kind == RUN_FINISH)
		return;
	uint64_t progress = command->progress(command->arg);
	if (progress != watch->progress) {
		watch->progress = progress;
		watch->since_ms = now;
	} else if (now - watch->since_ms >= (uint64_t)command->stall_s * 1000 && may_stop(command)) {
		result->stalled = true;
		stop(pid, watch);
	}
}

static void on_first_signal(const struct run_command *command, pid_t pid, struct watch *watch)
{
	if (may_stop(command))
		stop(pid, watch);
	else if (command->kind == RUN_APT)
		kill(pid, SIGINT);
}

int run_command(const struct run_command *command, struct run_signals *signals, struct run_result *result)
{
	struct watch watch = {.since_ms = run_now_ms()};
	int status = 0, period = command->tick ? TICK_MS : command->stall_s ? LOOK_MS : -1;
	uint64_t looked = 0;
	pid_t pid = start(command, signals), ended;

	if (pid < 0)
		return -1;
	*result = (struct run_result){0};
	if (signals->got)
		on_first_signal(command, pid, &watch);
	while ((ended = waitpid(pid, &status, WNOHANG)) == 0) {
		wait_for_signal(signals, watch.kill_at_ms ? TICK_MS : period);
		if (take_signals(signals))
			on_first_signal(command, pid, &watch);
		if (command->tick)
			command->tick(command->arg);
		if (run_now_ms() - looked >= LOOK_MS || watch.kill_at_ms) {
			looked = run_now_ms();
			look(command, pid, &watch, result);
		}
	}
	if (ended < 0)
		return -1;
	if (command->tick)
		command->tick(command->arg);
	/* What the leader of a stopped group left behind. */
	if (watch.kill_at_ms)
		kill(-pid, SIGKILL);
	result->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	return 0;
}

_Noreturn void run_die(const struct run_signals *signals)
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
