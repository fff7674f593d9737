/* praekelt-init under attack: floods, fork storms, system call filters, limits, closed and full descriptors.
 */
#include "test/support/harness.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pty.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct harness_proc proc;

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define MODES      6
static const char *const modes[MODES][2] = {
	{"tini", "-s"},      {"tini", "-sgvvv"}, {"dumb-init", "-v"},
	{"dumb-init", "-c"}, {"dinit", "--"},    {"dinit", "--setsid"},
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Runs "MODE probe exit 5" after prepare(); the status must still be 5. */
static void all_modes_run(void (*prepare)(void *arg), void *arg)
{
	for (int mode = 0; mode < MODES; mode++) {
		const char *const *argv = WORDS(modes[mode][0], modes[mode][1], harness_probe(), "exit", "5");
		int status = harness_run(
			&proc, &(struct harness_spec){.argv = argv, .before_exec = prepare, .arg = arg});
		if (status != 5)
			fail_msg("%s %s: status %d: %s", modes[mode][0], modes[mode][1], status,
				 proc.err_text);
	}
}

static bool proc_text(pid_t pid, const char *name, char *text, size_t size)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/%s", pid, name);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	ssize_t n = read(fd, text, size - 1);
	close(fd);
	text[n > 0 ? n : 0] = '\0';
	return n > 0;
}

/* Waits until the init sleeps in rt_sigtimedwait() without a time-out. */
static void wait_until_idle(pid_t pid)
{
	char text[256];
	unsigned long call, set, info, timeout;

	for (;;) {
		if (!proc_text(pid, "syscall", text, sizeof(text)))
			fail_msg("cannot see what %d does: %s", pid, strerror(errno));
		if (sscanf(text, "%lu %lx %lx %lx", &call, &set, &info, &timeout) == 4 &&
		    call == SYS_rt_sigtimedwait && timeout == 0)
			return;
		nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
	}
}

/* Checks that the RELRO pages are read-only. */
static void has_relro(pid_t pid)
{
	char text[4096];
	bool found = false;

	assert_true(proc_text(pid, "maps", text, sizeof(text)));
	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
		found = found || (strstr(line, " r--p ") && strstr(line, "/praekelt-init"));
	assert_true(found);
}

/* Checks that no signal has a handler: none can run in the child, which shares the init's memory until
 * execve(). */
static void has_no_handlers(pid_t pid)
{
	char text[4096];

	assert_true(proc_text(pid, "status", text, sizeof(text)));
	assert_non_null(strstr(text, "\nSigCgt:\t0000000000000000\n"));
}

/* The probe outlives the signals that the init passes on. */
static void end_child(void)
{
	pid_t child = harness_child(proc.pid);

	assert_true(child > 0);
	kill(child, SIGKILL);
}

static void test_idle_without_a_timeout(void **state)
{
	(void)state;
	char text[16];

	if (!proc_text(getpid(), "syscall", text, sizeof(text))) {
		print_message("# SKIP this kernel does not show system calls\n");
		skip();
	}
	for (int mode = 0; mode < MODES; mode++) {
		harness_start(&proc, &(struct harness_spec){.argv = WORDS(modes[mode][0], modes[mode][1],
									  harness_probe(), "wait")});
		harness_wait_for(&proc, "ready");
		wait_until_idle(proc.pid);
		/* Also after a signal. */
		kill(proc.pid, SIGUSR1);
		harness_wait_for(&proc, "signal 10");
		wait_until_idle(proc.pid);
		if (!harness_instrumented()) {
			has_no_handlers(proc.pid);
			has_relro(proc.pid);
		}
		end_child();
		assert_int_equal(harness_finish(&proc), 137);
	}
}

/* The end of the child disarms its kill-after timer. */
static void test_idle_after_a_deadline(void **state)
{
	(void)state;
	char line[9000], text[16];

	if (!proc_text(getpid(), "syscall", text, sizeof(text))) {
		print_message("# SKIP this kernel does not show system calls\n");
		skip();
	}
	snprintf(line, sizeof(line), "(exec '%s' wait &); exec sleep 1000", harness_probe());
	harness_start(&proc,
		      &(struct harness_spec){.argv = WORDS("dinit", "-vWt", "1000", "/bin/sh", "-c", line)});
	harness_wait_for(&proc, "ready");
	kill(proc.pid, SIGTERM);
	harness_wait_for(&proc, "the child was ended by TERM");
	wait_until_idle(proc.pid);
	end_child();
	assert_int_equal(harness_finish(&proc), 143);
}

static void orphan_flood(bool pid1)
{
	/* The shell makes them as fast as it can, and ends when all are made. */
	const char *const *argv = WORDS("dinit", "--", "/bin/sh", "-c",
					"i=0; while [ $i -lt 3000 ]; do (: &); i=$((i+1)); done; exit 5");

	assert_int_equal(harness_run(&proc, &(struct harness_spec){.argv = argv, .pid1 = pid1}), 5);
}

static void test_orphan_flood(void **state)
{
	(void)state;
	orphan_flood(false);
	if (harness_has_pid_namespaces())
		orphan_flood(true);
}

/* A stream of orphans delays neither signals nor the init's end. */
static void storm(const char *const *argv, bool pid1)
{
	harness_start(&proc, &(struct harness_spec){.argv = argv, .pid1 = pid1});
	harness_wait_for(&proc, "STORM");
	int64_t before = now_ms();
	kill(proc.pid, SIGRTMAX); /* the last in the kernel's order */
	int status;
	assert_int_equal(waitpid(proc.pid, &status, 0), proc.pid);
	int64_t took = now_ms() - before;
	print_message("# %s: a signal through the storm and the end in %d ms\n", argv[0], (int)took);
	assert_int_equal(WEXITSTATUS(status), 192);
	assert_true(took < 10000);
	close(proc.out);
	close(proc.err);
}

static void test_storm(void **state)
{
	(void)state;
	static const char line[] =
		"trap '' HUP; for i in 1 2 3; do (i=0; while [ $i -lt 3000 ]; do (: &); i=$((i+1)); done) "
		"& done; echo STORM; exec sleep 1000";

	storm(WORDS("dinit", "--", "/bin/sh", "-c", line), false);
	if (!harness_has_pid_namespaces())
		return;
	storm(WORDS("tini", "--", "/bin/sh", "-c", line), true);
	storm(WORDS("dumb-init", "--", "/bin/sh", "-c", line), true);
}

#define FLOOD 3000 /* below the usual limit of what may be queued */

/*
 * Stops the init, sends it the signal first unless that is 0, and then more than it takes in one go. All are
 * for the thread: the kernel delivers those before signals for the process.
 */
static void stop_and_flood(int first)
{
	int status;

	kill(proc.pid, SIGSTOP);
	assert_int_equal(waitpid(proc.pid, &status, WUNTRACED), proc.pid);
	if (first != 0)
		assert_int_equal(syscall(SYS_tgkill, proc.pid, proc.pid, first), 0);
	for (int i = 0; i < FLOOD; i++)
		assert_int_equal(syscall(SYS_tgkill, proc.pid, proc.pid, SIGRTMIN + i % 30), 0);
}

static int passed_on_before(const char *line)
{
	const char *end = strstr(proc.err_text, line);
	int count = 0;

	if (!end)
		fail_msg("'%s' never came", line);
	for (const char *p = proc.err_text; (p = strstr(p, ": passed on")) && p < end; p++)
		count++;
	return count;
}

static void test_flood_hides_no_end(void **state)
{
	(void)state;
	harness_start(&proc, &(struct harness_spec){.argv = WORDS("dinit", "-vv", harness_probe(), "wait")});
	harness_wait_for(&proc, "ready");
	pid_t child = harness_child(proc.pid);
	stop_and_flood(0);
	kill(child, SIGKILL);
	while (harness_state(child) != 'Z')
		usleep(1000);
	kill(proc.pid, SIGCONT);
	assert_int_equal(harness_finish(&proc), 137);
	assert_in_range(passed_on_before("the child was ended by KILL"), 0, 2);
}

static void test_flood_hides_no_deadline(void **state)
{
	(void)state;
	harness_start(&proc,
		      &(struct harness_spec){.argv = WORDS("dinit", "-vvt", "0", harness_probe(), "wait")});
	harness_wait_for(&proc, "ready");
	stop_and_flood(SIGTERM);
	kill(proc.pid, SIGCONT);
	assert_int_equal(harness_finish(&proc), 137);
	assert_in_range(passed_on_before("the child is still running, killing it"), 1, 3);
}

/* Sends every signal at random moments, the earliest before the init's first instruction. */
static void test_bursts_at_every_moment(void **state)
{
	(void)state;
	unsigned seed = 7;

	for (int round = 0; round < 120; round++) {
		const int mode = round % MODES;
		const char *const *argv = WORDS(modes[mode][0], modes[mode][1], "/bin/sleep", "1000");
		harness_start(&proc, &(struct harness_spec){.argv = argv});
		nanosleep(&(struct timespec){.tv_nsec = rand_r(&seed) % 1500000}, NULL);
		for (int n = 1; n <= 64; n++)
			if (n != SIGKILL && n != SIGSTOP)
				kill(proc.pid, n);
		/* Continue what has stopped, and end the rest. */
		int status;
		while (waitpid(proc.pid, &status, WNOHANG) == 0) {
			kill(proc.pid, SIGCONT);
			kill(proc.pid, SIGTERM);
			nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
		}
		close(proc.out);
		close(proc.err);
	}
}

/* Waits for the end of the init, not of its output. */
static void assert_exits(int status)
{
	int how;

	assert_int_equal(waitpid(proc.pid, &how, 0), proc.pid);
	assert_true(WIFEXITED(how));
	assert_int_equal(WEXITSTATUS(how), status);
	close(proc.out);
	close(proc.err);
}

static void test_child_is_killed_at_every_moment(void **state)
{
	(void)state;
	unsigned seed = 7;
	pid_t child;

	for (int round = 0; round < 120; round++) {
		const int mode = round % MODES;
		const char *const *argv = WORDS(modes[mode][0], modes[mode][1], "/bin/sleep", "1000");
		harness_start(&proc, &(struct harness_spec){.argv = argv});
		while ((child = harness_child(proc.pid)) == 0)
			sched_yield();
		nanosleep(&(struct timespec){.tv_nsec = rand_r(&seed) % 500000}, NULL);
		kill(child, SIGKILL);
		assert_exits(137);
	}
}

static void little_memory(void *arg)
{
	struct rlimit space = {1 << 20, 1 << 20};

	(void)arg;
	if (setrlimit(RLIMIT_AS, &space) < 0)
		_exit(120);
}

/* Enough memory for the init but not for a shell: the kernel finds out after the point of no return in
 * execve(). */
static void test_child_dies_in_exec(void **state)
{
	(void)state;
	for (int mode = 0; mode < MODES && !harness_instrumented(); mode++) {
		const char *const *argv = WORDS(modes[mode][0], modes[mode][1], "/bin/bash", "-c", "true");
		harness_start(&proc, &(struct harness_spec){.argv = argv, .before_exec = little_memory});
		assert_exits(128 + SIGSEGV);
	}
}

static void test_stop_and_continue(void **state)
{
	(void)state;
	int status;

	for (int mode = 0; mode < MODES; mode++) {
		harness_start(&proc,
			      &(struct harness_spec){.argv = WORDS(modes[mode][0], modes[mode][1],
								   harness_probe(), "wait", "10", "4")});
		harness_wait_for(&proc, "ready");
		for (int i = 0; i < 20; i++) {
			kill(proc.pid, SIGSTOP);
			assert_int_equal(waitpid(proc.pid, &status, WUNTRACED), proc.pid);
			assert_true(WIFSTOPPED(status));
			kill(proc.pid, SIGCONT);
		}
		kill(proc.pid, SIGUSR1);
		assert_int_equal(waitpid(proc.pid, &status, 0), proc.pid);
		assert_true(WIFEXITED(status) ? WEXITSTATUS(status) == 4 : false);
		close(proc.out);
		close(proc.err);
	}
}

static void test_two_megabytes_of_words(void **state)
{
	(void)state;
	static char word[1000];
	enum { COUNT = 1900 };
	const char *argv[COUNT + 8] = {"tini", "-s", "--", "/bin/sh", "-c", "echo $#", "sh"};

	memset(word, 'w', sizeof(word) - 1);
	for (int i = 0; i < COUNT; i++)
		argv[7 + i] = word;
	assert_int_equal(harness_run(&proc, &(struct harness_spec){.argv = argv}), 0);
	assert_string_equal(proc.out_text, "1900\n");
	/* The same size as one word with blanks, which the init splits as a shebang line. */
	static char line[100001];
	memset(line, ' ', sizeof(line) - 1);
	memcpy(line, "-s", 2);
	for (size_t i = 4; i + 2 < sizeof(line); i += 3)
		memcpy(line + i, "-s", 2);
	assert_int_equal(harness_run(&proc, &(struct harness_spec){.argv = WORDS("tini", line, "/bin/true")}),
			 0);
}

static void three_descriptors(void *arg)
{
	struct rlimit three = {3, 3};

	(void)arg;
	if (setrlimit(RLIMIT_NOFILE, &three) < 0)
		_exit(120);
}

static void deleted_cwd(void *arg)
{
	char dir[] = "/tmp/live_attack.XXXXXX";

	(void)arg;
	if (!mkdtemp(dir) || chdir(dir) < 0 || rmdir(dir) < 0)
		_exit(120);
}

static void unreadable_cwd(void *arg)
{
	char dir[] = "/tmp/live_attack.XXXXXX";

	(void)arg;
	if (!mkdtemp(dir) || chdir(dir) < 0 || chmod(dir, 0) < 0 || rmdir(dir) < 0)
		_exit(120);
}

static void no_rights(void *arg)
{
	(void)arg;
	if (geteuid() == 0) {
		for (int cap = 0; prctl(PR_CAPBSET_READ, cap, 0, 0, 0) >= 0; cap++)
			prctl(PR_CAPBSET_DROP, cap, 0, 0, 0);
		if (setgroups(0, NULL) < 0 || setresgid(1234, 1234, 1234) < 0 ||
		    setresuid(1234, 1234, 1234) < 0)
			_exit(120);
	}
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		_exit(120);
}

/* Denies the calls that old or strict filters deny; prctl() too if arg is NULL. */
static void filtered(void *arg)
{
#define DENY(nr)                                                                                             \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (nr), 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		DENY(arg ? SYS_close_range : SYS_prctl),
		DENY(SYS_close_range),
		DENY(SYS_pwritev2),
		DENY(SYS_madvise),
		DENY(SYS_pidfd_open),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {.len = sizeof(filter) / sizeof(filter[0]), .filter = filter};

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0)
		_exit(120);
}

static void test_limits_and_places(void **state)
{
	(void)state;
	if (!harness_instrumented())
		all_modes_run(three_descriptors, NULL);
	all_modes_run(deleted_cwd, NULL);
	all_modes_run(unreadable_cwd, NULL);
	all_modes_run(no_rights, NULL);
}

static void filtered_with_a_descriptor(void *arg)
{
	if (dup2(STDIN_FILENO, 200) < 0)
		_exit(120);
	filtered(arg);
}

/* Without close_range() the init closes the descriptors one by one. */
static void test_lets_go_under_a_filter(void **state)
{
	(void)state;
	char path[64], link[64];

	harness_start(&proc, &(struct harness_spec){.argv = WORDS("dinit", harness_probe(), "wait"),
						    .before_exec = filtered_with_a_descriptor});
	harness_wait_for(&proc, "ready");
	snprintf(path, sizeof(path), "/proc/%d/fd/200", proc.pid);
	while (readlink(path, link, sizeof(link)) >= 0)
		usleep(1000);
	end_child();
	assert_int_equal(harness_finish(&proc), 137);
}

static void test_filter(void **state)
{
	(void)state;
	static const char *const others[][2] = {
		{"tini", "--"}, {"dumb-init", "-v"}, {"dinit", "--"}, {"dinit", "-vvv"}};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		const char *const *argv = WORDS(others[i][0], others[i][1], harness_probe(), "exit", "5");
		assert_int_equal(
			harness_run(&proc, &(struct harness_spec){.argv = argv, .before_exec = filtered}), 5);
	}
	/* An option asked for it, so the failure is reported. */
	const char *const *argv = WORDS("tini", "-s", harness_probe(), "exit", "5");
	assert_int_equal(harness_run(&proc, &(struct harness_spec){.argv = argv, .before_exec = filtered}),
			 1);
	assert_non_null(
		strstr(proc.err_text, "Failed to register as child subreaper: Operation not permitted\n"));
	argv = WORDS("dinit", "-s", harness_probe(), "exit", "5");
	assert_int_equal(harness_run(&proc, &(struct harness_spec){.argv = argv, .before_exec = filtered}),
			 125);
	assert_string_equal(proc.err_text,
			    "praekelt-init: cannot become subreaper: Operation not permitted\n");
	argv = WORDS("tini", "-p", "SIGTERM", harness_probe(), "exit", "5");
	assert_int_equal(harness_run(&proc, &(struct harness_spec){.argv = argv, .before_exec = filtered}),
			 1);
	/* The grace period works without pidfds. */
	argv = WORDS("dinit", "-G", "100", "/bin/sh", "-c", "sleep 1000 & exit 5");
	struct harness_spec grace = {.argv = argv, .before_exec = filtered, .arg = &proc};
	assert_int_equal(harness_run(&proc, &grace), 5);
}

/* A log that nobody reads. arg: the write end of a pipe. */
static void stderr_is(void *arg)
{
	if (dup2(*(int *)arg, STDERR_FILENO) < 0)
		_exit(120);
}

static void wait_for_signals_behind(int log, int count)
{
	static const char *const talkers[][2] = {{"dumb-init", "-v"}, {"tini", "-svvv"}, {"dinit", "-vvv"}};

	for (size_t i = 0; i < sizeof(talkers) / sizeof(talkers[0]); i++) {
		harness_start(&proc, &(struct harness_spec){.argv = WORDS(talkers[i][0], talkers[i][1],
									  harness_probe(), "wait"),
							    .before_exec = stderr_is,
							    .arg = &log});
		harness_wait_for(&proc, "ready");
		for (int n = 0; n < count; n++) {
			proc.out_len = 0;
			proc.out_text[0] = '\0';
			kill(proc.pid, SIGUSR1);
			harness_wait_for(&proc, "signal 10\n");
		}
		/* The init does not spin over signals that its own writes raise, and the child gets none of
		 * them.
		 */
		wait_until_idle(proc.pid);
		kill(proc.pid, SIGWINCH);
		harness_wait_for(&proc, "signal 28\n");
		assert_null(strstr(proc.out_text, "signal 13\n"));
		assert_null(strstr(proc.out_text, "signal 25\n"));
		/* A SIGPIPE from another process is passed on. */
		kill(proc.pid, SIGPIPE);
		harness_wait_for(&proc, "signal 13\n");
		end_child();
		assert_int_equal(harness_finish(&proc), 137);
	}
}

static void fill(int fd)
{
	static char text[65536];

	fcntl(fd, F_SETFL, O_NONBLOCK);
	while (write(fd, text, sizeof(text)) > 0 || write(fd, text, 1) > 0)
		;
	fcntl(fd, F_SETFL, 0);
}

static void test_log_without_a_reader(void **state)
{
	(void)state;
	int log[2];

	assert_int_equal(pipe2(log, O_CLOEXEC), 0);
	close(log[0]);
	wait_for_signals_behind(log[1], 10);
	close(log[1]);
}

/* The kernel merges the SIGPIPE of the log's write into one from another process that is pending. */
static void test_signal_that_comes_with_the_log_s_own(void **state)
{
	(void)state;
	int status;

	harness_start(&proc, &(struct harness_spec){.argv = WORDS("dinit", "-v", harness_probe(), "wait")});
	harness_wait_for(&proc, "ready");
	kill(proc.pid, SIGSTOP);
	assert_int_equal(waitpid(proc.pid, &status, WUNTRACED), proc.pid);
	close(proc.err);
	proc.err = -1;
	/* A write's SIGPIPE goes to the thread, so these do too. USR1 comes first as its number is lower; its
	 * log line has no reader. */
	syscall(SYS_tgkill, proc.pid, proc.pid, SIGPIPE);
	syscall(SYS_tgkill, proc.pid, proc.pid, SIGUSR1);
	kill(proc.pid, SIGCONT);
	harness_wait_for(&proc, "signal 10\n");
	harness_wait_for(&proc, "signal 13\n");
	end_child();
	assert_int_equal(harness_finish(&proc), 137);
}

static void test_log_that_is_full(void **state)
{
	(void)state;
	int log[2];

	assert_int_equal(pipe2(log, O_CLOEXEC), 0);
	fill(log[1]);
	wait_for_signals_behind(log[1], 10);
	close(log[0]);
	close(log[1]);
}

/* The init fills the terminal itself. */
static void test_log_on_a_terminal_that_nobody_reads(void **state)
{
	(void)state;
	int master, slave;

	assert_int_equal(openpty(&master, &slave, NULL, NULL, NULL), 0);
	fcntl(master, F_SETFD, FD_CLOEXEC);
	fcntl(slave, F_SETFD, FD_CLOEXEC);
	wait_for_signals_behind(slave, 1500);
	close(master);
	close(slave);
}

static void test_log_that_may_not_grow(void **state)
{
	(void)state;
	struct rlimit before, none;
	int log = memfd_create("log", MFD_CLOEXEC);

	assert_true(log >= 0);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	none = before;
	none.rlim_cur = 0;
	setrlimit(RLIMIT_FSIZE, &none);
	wait_for_signals_behind(log, 10);
	setrlimit(RLIMIT_FSIZE, &before);
	close(log);
}

static char root[] = "/tmp/live_attack_root.XXXXXX";

static void into_root(void *arg)
{
	(void)arg;
	if (chroot(root) < 0 || chdir("/") < 0)
		_exit(120);
}

/* As in FROM scratch, there is no /proc, /dev, library or shell. */
static void test_empty_root(void **state)
{
	(void)state;
	static const char *const names[] = {"praekelt-init", "probe"};
	char line[9000], path[64];

	if (!harness_has_pid_namespaces()) {
		print_message("# SKIP may not change its root\n");
		skip();
	}
	if (harness_instrumented()) {
		print_message("# this build has libraries: nothing to try\n");
		return;
	}
	assert_non_null(mkdtemp(root));
	chmod(root, 0755);
	snprintf(line, sizeof(line), "cp '%s' '%s/praekelt-init'; cp '%s' '%s/probe'",
		 harness_bin("praekelt-init"), root, harness_probe(), root);
	assert_int_equal(system(line), 0);
	static const char *const rows[][3] = {
		{"tini", "-s"}, {"tini", "-vvv"}, {"dumb-init", "-v"}, {"dinit", "-vvv"}, {"dinit", "-SG1"}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *const *argv = WORDS(rows[i][0], rows[i][1], "/probe", "exit", "5");
		struct harness_spec spec = {
			.argv = argv, .file = "/praekelt-init", .pid1 = true, .before_exec = into_root};
		assert_int_equal(harness_run(&proc, &spec), 5);
	}
	for (size_t i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s/%s", root, names[i]);
		unlink(path);
	}
	rmdir(root);
}

/* When its parent, a shell, dies, the init gets the signal of -p and passes it on. */
static void test_parent_dies(void **state)
{
	(void)state;
	char line[9000];

	/* The child ends the shell, once it is there itself: before, the init could not know whose child it
	 * was. */
	snprintf(line, sizeof(line),
		 "'%s' -s -p SIGUSR1 -- /bin/sh -c 'trap \"echo GOT USR1; exit\" USR1; kill -KILL $0; "
		 "while :; do sleep 0.05; done' $$ & wait",
		 harness_bin("tini"));
	harness_start(&proc, &(struct harness_spec){.argv = WORDS("/bin/sh", "-c", line)});
	harness_wait_for(&proc, "GOT USR1");
	assert_int_equal(harness_finish(&proc), 137);
}

/* Lets a stopped tracee run until it enters prctl(PR_SET_PDEATHSIG). */
static void run_to_pdeathsig(pid_t pid)
{
	struct __ptrace_syscall_info info;
	int status;

	do {
		assert_int_equal(ptrace(PTRACE_SYSCALL, pid, NULL, NULL), 0);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSTOPPED(status));
		assert_true(ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof(info), &info) > 0);
	} while (info.op != PTRACE_SYSCALL_INFO_ENTRY || info.entry.nr != SYS_prctl ||
		 info.entry.args[0] != PR_SET_PDEATHSIG);
}

/* If its parent dies just before prctl(PR_SET_PDEATHSIG), the init sends itself the signal. */
static void test_parent_dies_too_early(void **state)
{
	(void)state;
	int told[2], go[2], status;
	pid_t pid, parent;

	/* The orphan becomes our child. */
	assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), 0);
	assert_int_equal(pipe2(told, O_CLOEXEC), 0);
	assert_int_equal(pipe2(go, O_CLOEXEC), 0);
	parent = fork();
	if (parent == 0) {
		pid = fork();
		if (pid == 0) {
			if (read(go[0], &pid, 1) == 1)
				execl(harness_bin("tini"), "tini", "-s", "-p", "SIGUSR1", "/bin/sleep",
				      "1000", (char *)NULL);
			_exit(120);
		}
		if (write(told[1], &pid, sizeof(pid)) > 0)
			pause();
		_exit(120);
	}
	assert_int_equal(read(told[0], &pid, sizeof(pid)), (ssize_t)sizeof(pid));
	if (ptrace(PTRACE_SEIZE, pid, NULL, PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD) < 0) {
		kill(parent, SIGKILL);
		kill(pid, SIGKILL);
		print_message("# SKIP may not trace\n");
		skip();
	}
	assert_int_equal(ptrace(PTRACE_INTERRUPT, pid, NULL, NULL), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(write(go[1], "!", 1), 1);
	run_to_pdeathsig(pid);
	kill(parent, SIGKILL);
	waitpid(parent, NULL, 0);
	assert_int_equal(ptrace(PTRACE_DETACH, pid, NULL, NULL), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(WEXITSTATUS(status), 128 + SIGUSR1);
	prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_idle_without_a_timeout, harness_alarm),
		cmocka_unit_test_setup(test_idle_after_a_deadline, harness_alarm),
		cmocka_unit_test_setup(test_orphan_flood, harness_alarm),
		cmocka_unit_test_setup(test_storm, harness_alarm),
		cmocka_unit_test_setup(test_flood_hides_no_end, harness_alarm),
		cmocka_unit_test_setup(test_flood_hides_no_deadline, harness_alarm),
		cmocka_unit_test_setup(test_bursts_at_every_moment, harness_alarm),
		cmocka_unit_test_setup(test_child_is_killed_at_every_moment, harness_alarm),
		cmocka_unit_test_setup(test_child_dies_in_exec, harness_alarm),
		cmocka_unit_test_setup(test_stop_and_continue, harness_alarm),
		cmocka_unit_test_setup(test_two_megabytes_of_words, harness_alarm),
		cmocka_unit_test_setup(test_limits_and_places, harness_alarm),
		cmocka_unit_test_setup(test_filter, harness_alarm),
		cmocka_unit_test_setup(test_lets_go_under_a_filter, harness_alarm),
		cmocka_unit_test_setup(test_log_without_a_reader, harness_alarm),
		cmocka_unit_test_setup(test_signal_that_comes_with_the_log_s_own, harness_alarm),
		cmocka_unit_test_setup(test_log_that_is_full, harness_alarm),
		cmocka_unit_test_setup(test_log_on_a_terminal_that_nobody_reads, harness_alarm),
		cmocka_unit_test_setup(test_log_that_may_not_grow, harness_alarm),
		cmocka_unit_test_setup(test_empty_root, harness_alarm),
		cmocka_unit_test_setup(test_parent_dies, harness_alarm),
		cmocka_unit_test_setup(test_parent_dies_too_early, harness_alarm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
