/* See harness.h. */
#include "test/support/harness.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

const char *harness_bin(const char *name)
{
	static char path[4096];

	snprintf(path, sizeof(path), "%s/%s", getenv("BIN"), name);
	return path;
}

const char *harness_probe(void)
{
	return getenv("PROBE");
}

static void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		_exit(121);
	close(fd);
}

/* In the child of a clone() with new namespaces: identity mapping to root, and a /proc of its own. */
static void enter_namespaces(uid_t uid, gid_t gid)
{
	char map[64];

	if (uid != 0) {
		write_file("/proc/self/setgroups", "deny");
		snprintf(map, sizeof(map), "0 %u 1", uid);
		write_file("/proc/self/uid_map", map);
		snprintf(map, sizeof(map), "0 %u 1", gid);
		write_file("/proc/self/gid_map", map);
	}
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
	    mount("proc", "/proc", "proc", 0, NULL) < 0)
		_exit(122);
}

pid_t harness_clone(unsigned long flags)
{
#ifdef __s390x__ /* the stack comes first */
	return (pid_t)syscall(SYS_clone, NULL, flags, NULL, NULL, 0);
#else
	return (pid_t)syscall(SYS_clone, flags, NULL, NULL, NULL, 0);
#endif
}

static pid_t fork_into(bool pid1)
{
	unsigned long flags = SIGCHLD;

	if (pid1)
		flags |= CLONE_NEWPID | CLONE_NEWNS | (geteuid() != 0 ? CLONE_NEWUSER : 0);
	return harness_clone(flags);
}

bool harness_has_pid_namespaces(void)
{
	uid_t uid = geteuid();
	gid_t gid = getegid();
	int status = -1;
	pid_t pid = fork_into(true);

	if (pid == 0) {
		enter_namespaces(uid, gid);
		_exit(0);
	}
	return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

static int text_file(const char *text)
{
	int fd = memfd_create("stdin", MFD_CLOEXEC);

	if (fd < 0 || write(fd, text, strlen(text)) < 0 || lseek(fd, 0, SEEK_SET) < 0)
		fail_msg("stdin: %s", strerror(errno));
	return fd;
}

void harness_start(struct harness_proc *proc, const struct harness_spec *spec)
{
	const char *file = spec->file ? spec->file : spec->argv[0];
	int out[2] = {-1, -1}, err[2] = {-1, -1};
	uid_t uid = geteuid();
	gid_t gid = getegid();

	if (!strchr(file, '/'))
		file = harness_bin(file);
	memset(proc, 0, sizeof(*proc));
	if (pipe2(out, O_CLOEXEC) < 0 || pipe2(err, O_CLOEXEC) < 0)
		fail_msg("pipe: %s", strerror(errno));
	int in = spec->stdin_text ? text_file(spec->stdin_text) : open("/dev/null", O_RDONLY | O_CLOEXEC);

	fflush(NULL);
	proc->pid = fork_into(spec->pid1);
	if (proc->pid < 0)
		fail_msg("clone: %s", strerror(errno));
	if (proc->pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (spec->pid1)
			enter_namespaces(uid, gid);
		if (!spec->keep_stdio) {
			dup2(in, STDIN_FILENO);
			dup2(out[1], STDOUT_FILENO);
			dup2(err[1], STDERR_FILENO);
		}
		if (spec->before_exec)
			spec->before_exec(spec->arg);
		/* execve() takes char *const *, and promises not to write. */
		union {
			const char *const *from;
			char *const *to;
		} argv = {.from = spec->argv}, envp = {.from = spec->envp};
		execve(file, argv.to, spec->envp ? envp.to : environ);
		_exit(123);
	}
	close(in);
	close(out[1]);
	close(err[1]);
	proc->out = out[0];
	proc->err = err[0];
}

/* Reads once from each descriptor that has data. Returns false if both are at their end. */
static bool pump(struct harness_proc *proc)
{
	struct {
		int *fd;
		char *text;
		size_t *len, size;
	} ends[] = {
		{&proc->out, proc->out_text, &proc->out_len, sizeof(proc->out_text)},
		{&proc->err, proc->err_text, &proc->err_len, sizeof(proc->err_text)},
	};
	struct pollfd fds[] = {{.fd = proc->out, .events = POLLIN}, {.fd = proc->err, .events = POLLIN}};

	if (proc->out < 0 && proc->err < 0)
		return false;
	while (poll(fds, 2, -1) < 0 && errno == EINTR)
		;
	for (int i = 0; i < 2; i++) {
		if (!fds[i].revents)
			continue;
		char spill[4096];
		size_t room = ends[i].size - 1 - *ends[i].len;
		/* If the buffer is full, the rest is read and dropped, so that the program does not block. */
		ssize_t n = read(fds[i].fd, room ? ends[i].text + *ends[i].len : spill,
				 room ? room : sizeof(spill));
		if (n > 0 && room)
			*ends[i].len += (size_t)n;
		if (n <= 0) {
			close(fds[i].fd);
			*ends[i].fd = -1;
		}
	}
	return true;
}

static int count(const char *text, const char *wanted)
{
	int found = 0;

	for (; (text = strstr(text, wanted)); text += strlen(wanted))
		found++;
	return found;
}

void harness_wait_for_times(struct harness_proc *proc, const char *text, int times)
{
	while (count(proc->out_text, text) + count(proc->err_text, text) < times)
		if (!pump(proc))
			fail_msg("'%s' never came %d times; stdout: %s; stderr: %s", text, times,
				 proc->out_text, proc->err_text);
}

void harness_wait_for(struct harness_proc *proc, const char *text)
{
	harness_wait_for_times(proc, text, 1);
}

int harness_finish(struct harness_proc *proc)
{
	int status;

	while (pump(proc))
		;
	while (waitpid(proc->pid, &status, 0) < 0)
		if (errno != EINTR)
			fail_msg("waitpid: %s", strerror(errno));
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int harness_run(struct harness_proc *proc, const struct harness_spec *spec)
{
	harness_start(proc, spec);
	return harness_finish(proc);
}

pid_t harness_child(pid_t pid)
{
	char path[64];
	int child = 0;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", pid, pid);
	FILE *file = fopen(path, "re");
	if (!file || fscanf(file, "%d", &child) != 1)
		child = 0;
	if (file)
		fclose(file);
	return child;
}

char harness_state(pid_t pid)
{
	char path[64], state = '?';

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	FILE *file = fopen(path, "re");
	if (!file || fscanf(file, "%*d (%*[^)]) %c", &state) != 1)
		state = '?';
	if (file)
		fclose(file);
	return state;
}

static void too_long(int signal)
{
	static const char line[] = "not ok - a test hung: alarm after 60 s\n";

	(void)signal;
	if (write(STDOUT_FILENO, line, sizeof(line) - 1) < 0) {
		/* the test program exits anyway */
	}
	_exit(1);
}

int harness_alarm(void **state)
{
	(void)state;
	/*
	 * LeakSanitizer, in a sanitizer's build, attaches to its process when that ends, and waits for the
	 * SIGSTOP that comes with it. A SIGCONT from anybody takes that away, and it waits for ever.
	 */
	setenv("ASAN_OPTIONS", "detect_leaks=0", 0);
	signal(SIGALRM, too_long);
	alarm(60);
	return 0;
}

/* TEST_FILTER: the one test to run, or a pattern such as "test_log_*". */
__attribute__((constructor)) static void prepare(void)
{
	const char *pattern = getenv("TEST_FILTER");

	/* Otherwise a test could run the machine's own program in place of the built one. */
	if (!getenv("BIN") || !getenv("PROBE")) {
		fputs("BIN or PROBE is not set: run the tests with make\n", stderr);
		exit(EXIT_FAILURE);
	}
	if (pattern)
		cmocka_set_test_filter(pattern);
}
