/* The command inherits signals, limits, descriptors and the environment unchanged. */
#include "test/suexec/sandbox.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

static struct harness_proc proc;

static const char *const by_name[][4] = {{"gosu", "alice"},
					 {"su-exec", "alice"},
					 {"praekelt-suexec", "alice"},
					 {"praekelt-suexec", "-n", "alice"}};

#define WAYS (sizeof(by_name) / sizeof(by_name[0]))

/* Runs the program with these arguments. */
static int run_way(size_t way, void (*then)(const struct sandbox *), const char *command,
		   const char *argument)
{
	const struct sandbox box = {.passwd = SANDBOX_PASSWD, .group = SANDBOX_GROUP, .then = then};
	const char *argv[8];
	size_t n = 0;

	while (n < 4 && by_name[way][n]) {
		argv[n] = by_name[way][n];
		n++;
	}
	argv[n++] = command;
	argv[n++] = argument;
	argv[n] = NULL;
	int status = sandbox_run(&proc, &box, argv);
	if (status != 0)
		fail_msg("%s: status %d, %s", argv[0], status, proc.err_text);
	return status;
}

/* Blocks the odd and ignores the even ones of all 64 signals, except SIGKILL and SIGSTOP. The C library's own
 * signals are among them, so its functions cannot be used. */
static void set_signals(const struct sandbox *box)
{
	uint64_t mask = 0;

	(void)box;
	for (int n = 1; n <= 64; n++) {
		struct {
			void (*handler)(int);
			unsigned long flags, restorer;
			uint64_t mask;
		} action = {.handler = n % 2 ? SIG_DFL : SIG_IGN};
		if (n % 2)
			mask |= UINT64_C(1) << (n - 1);
		if (n != SIGKILL && n != SIGSTOP && syscall(SYS_rt_sigaction, n, &action, NULL, 8) < 0)
			sandbox_fail("rt_sigaction");
	}
	if (syscall(SYS_rt_sigprocmask, SIG_SETMASK, &mask, NULL, 8) < 0)
		sandbox_fail("rt_sigprocmask");
}

static void test_signals(void **state)
{
	(void)state;
	uint64_t odd = UINT64_C(0x5555555555555555) & ~(UINT64_C(1) << (SIGKILL - 1)) &
		       ~(UINT64_C(1) << (SIGSTOP - 1));
	uint64_t even = UINT64_C(0xaaaaaaaaaaaaaaaa);

	sandbox_need(true);
	for (size_t i = 0; i < WAYS; i++) {
		run_way(i, set_signals, "/bin/cat", "/proc/self/status");
		if (sandbox_hex(&proc, "SigBlk:") != odd || sandbox_hex(&proc, "SigIgn:") != even)
			fail_msg("%s: %s", by_name[i][0], proc.out_text);
	}
}

static void set_limits(const struct sandbox *box)
{
	(void)box;
	for (int resource = 0; resource < RLIM_NLIMITS; resource++) {
		struct rlimit limit;
		bool is_memory = resource == RLIMIT_AS || resource == RLIMIT_DATA || resource == RLIMIT_STACK;
		if (is_memory && harness_instrumented())
			continue;
		if (getrlimit((__rlimit_resource_t)resource, &limit) < 0)
			sandbox_fail("getrlimit");
		/* An unusual number, if the limit allows one. */
		if (limit.rlim_cur > 1000)
			limit.rlim_cur = limit.rlim_cur == RLIM_INFINITY ? 7654321987 : limit.rlim_cur - 1;
		if (resource == RLIMIT_NOFILE)
			limit.rlim_cur = 321;
		if (setrlimit((__rlimit_resource_t)resource, &limit) < 0)
			sandbox_fail("setrlimit");
	}
}

static void show_limits(char *to, size_t size)
{
	const struct sandbox box = {.passwd = SANDBOX_PASSWD, .group = SANDBOX_GROUP, .then = set_limits};
	union {
		const struct sandbox *from;
		void *to;
	} arg = {.from = &box};
	const char *const argv[] = {"/bin/cat", "/proc/self/limits", NULL};

	assert_int_equal(harness_run(&proc, &(struct harness_spec){.argv = argv,
								   .before_exec = sandbox_enter,
								   .arg = arg.to}),
			 0);
	snprintf(to, size, "%s", proc.out_text);
}

static void test_limits(void **state)
{
	(void)state;
	static char plain[65536];

	sandbox_need(true);
	show_limits(plain, sizeof(plain));
	assert_non_null(strstr(plain, " 321 "));
	for (size_t i = 0; i < WAYS; i++) {
		run_way(i, set_limits, "/bin/cat", "/proc/self/limits");
		assert_string_equal(proc.out_text, plain);
	}
}

static void set_places(const struct sandbox *box)
{
	(void)box;
	if (mkdir("/etc/here", 0755) < 0 || chdir("/etc/here") < 0)
		sandbox_fail("chdir");
	umask(0137);
}

static void test_umask_and_directory(void **state)
{
	(void)state;
	sandbox_need(true);
	for (size_t i = 0; i < WAYS; i++) {
		run_way(i, set_places, "/bin/pwd", NULL);
		assert_string_equal(proc.out_text, "/etc/here\n");
		run_way(i, set_places, "/bin/cat", "/proc/self/status");
		assert_non_null(strstr(proc.out_text, "Umask:\t0137\n"));
	}
}

/* Opens 5 and 77 without and 6 with close-on-exec; closes standard input. */
static void set_descriptors(const struct sandbox *box)
{
	int fd;

	(void)box;
	if (syscall(SYS_close_range, 3, ~0u, 0) < 0 || (fd = open("/dev/null", O_RDONLY | O_CLOEXEC)) < 0 ||
	    dup2(fd, 5) < 0 || dup2(fd, 77) < 0 || dup3(fd, 6, O_CLOEXEC) < 0)
		sandbox_fail("descriptors");
	close(fd);
	close(STDIN_FILENO);
}

static void test_descriptors(void **state)
{
	(void)state;
	sandbox_need(true);
	for (size_t i = 0; i < WAYS; i++) {
		run_way(i, set_descriptors, "/etc/probe", "fds");
		assert_string_equal(proc.out_text, "fds 1 2 5 77\n");
	}
}

/* Order, duplicates, entries without '=' and empty ones stay; several HOMEs become one, in the place of the
 * first. */
static void test_environment(void **state)
{
	(void)state;
	static const char *const envp[] = {"B=2", "HOME=/one", "A=1", "HOMER=x", "HOME=/two",
					   "B=3", "noequals",  "",    "=x",      "LD_PRELOAD=/nosuch",
					   "A=1", NULL};
	static const char expected[] =
		"env B=2\nenv HOME=/home/alice\nenv A=1\nenv HOMER=x\nenv B=3\nenv noequals\n"
		"env \nenv =x\nenv LD_PRELOAD=/nosuch\nenv A=1\n";
	const struct sandbox box = {.passwd = SANDBOX_PASSWD, .group = SANDBOX_GROUP};
	union {
		const struct sandbox *from;
		void *to;
	} arg = {.from = &box};

	sandbox_need(true);
	for (size_t i = 0; i < WAYS - 1; i++) {
		const char *argv[] = {by_name[i][0], "alice", "/etc/probe", "env", NULL};
		char file[64];
		snprintf(file, sizeof(file), "/etc/bin/%s", argv[0]);
		assert_int_equal(harness_run(&proc, &(struct harness_spec){.argv = argv,
									   .file = file,
									   .envp = envp,
									   .before_exec = sandbox_enter,
									   .arg = arg.to}),
				 0);
		assert_string_equal(proc.out_text, expected);
	}
}

static const char *const no_home[] = {"A=1", NULL};

static void test_home_is_added(void **state)
{
	(void)state;
	const struct sandbox box = {.passwd = SANDBOX_PASSWD, .group = SANDBOX_GROUP};
	const char *argv[] = {"gosu", "12345", "/etc/probe", "env", NULL};
	union {
		const struct sandbox *from;
		void *to;
	} arg = {.from = &box};

	sandbox_need(true);
	assert_int_equal(harness_run(&proc, &(struct harness_spec){.argv = argv,
								   .file = "/etc/bin/gosu",
								   .envp = no_home,
								   .before_exec = sandbox_enter,
								   .arg = arg.to}),
			 0);
	assert_string_equal(proc.out_text, "env A=1\nenv HOME=/\n");
}

/* It is the same process: its id, parent, process group and session stay. */
static void test_same_process(void **state)
{
	(void)state;
	char expected[128];

	sandbox_need(true);
	for (size_t i = 0; i < WAYS; i++) {
		run_way(i, NULL, "/etc/probe", "session");
		snprintf(expected, sizeof(expected), "pid %d ppid %d pgid %d sid %d ", proc.pid, getpid(),
			 getpgrp(), getsid(0));
		assert_memory_equal(proc.out_text, expected, strlen(expected));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_signals, harness_alarm),
		cmocka_unit_test_setup(test_limits, harness_alarm),
		cmocka_unit_test_setup(test_umask_and_directory, harness_alarm),
		cmocka_unit_test_setup(test_descriptors, harness_alarm),
		cmocka_unit_test_setup(test_environment, harness_alarm),
		cmocka_unit_test_setup(test_home_is_added, harness_alarm),
		cmocka_unit_test_setup(test_same_process, harness_alarm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
