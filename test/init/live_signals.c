/*
 * praekelt-init: every signal reaches the child, once, as it was sent.
 *
 * The child is this program again, with the word "child": it prints each signal that it gets, 1 to 64, none
 * kept back by libc, and the value that came with it. On SIGQUIT it prints "end" and exits. That number is
 * lower than most, so a test sends it after everything else has been printed.
 */
#include "test/init/nested.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define ALL UINT64_MAX

static struct harness_proc proc;
static char self[4096];

static int wait_info(siginfo_t *info)
{
	uint64_t all = ALL;

	return (int)syscall(SYS_rt_sigtimedwait, &all, info, NULL, sizeof(all));
}

/* The child. with_member: a second process in the same group prints its signals as "member". */
static int child_main(const char *name, bool with_member)
{
	uint64_t all = ALL;
	siginfo_t info;

	setvbuf(stdout, NULL, _IOLBF, 0);
	syscall(SYS_rt_sigprocmask, SIG_BLOCK, &all, NULL, sizeof(all));
	if (with_member && fork() == 0)
		return child_main("member", false);
	printf("%s ready %d\n", name, getpid());
	for (;;) {
		int n = wait_info(&info);
		if (n == SIGCHLD || n < 0)
			continue;
		if (n == SIGQUIT) {
			printf("%s end\n", name);
			return 0;
		}
		/* If the reader has gone, each line would cause a SIGPIPE, which would be the next signal to
		 * print. */
		if (printf("%s %d%s %d.\n", name, n, info.si_code == SI_QUEUE ? " queued" : "",
			   info.si_code == SI_QUEUE ? info.si_value.sival_int : 0) < 0)
			return 1;
	}
}

static void start_in(void (*place)(void *arg), const char *const *init, bool pid1, const char *role)
{
	const char *argv[16];
	int n = 0;

	while (init[n]) {
		argv[n] = init[n];
		n++;
	}
	argv[n++] = self;
	argv[n++] = role;
	argv[n] = NULL;
	harness_start(&proc, &(struct harness_spec){.argv = argv, .pid1 = pid1, .before_exec = place});
	harness_wait_for(&proc, "child ready");
}

static void start(const char *const *init, bool pid1, const char *role)
{
	start_in(NULL, init, pid1, role);
}

#define INIT(...) ((const char *const[]){__VA_ARGS__, NULL})

static void expect(const char *name, int signal)
{
	char text[64];

	snprintf(text, sizeof(text), "%s %d 0.\n", name, signal);
	harness_wait_for(&proc, text);
}

static int count_lines(const char *start)
{
	int count = 0;

	for (const char *p = proc.out_text; (p = strstr(p, start)); p++)
		if (p == proc.out_text || p[-1] == '\n')
			count++;
	return count;
}

/* Sends each kind alone. KILL, STOP and CHLD cannot be passed on. */
static void each_kind(const char *const *init, bool pid1, uint64_t but)
{
	int kinds = 0;

	start(init, pid1, "child");
	for (int n = 1; n <= 64; n++) {
		if (n == SIGKILL || n == SIGSTOP || n == SIGCHLD || n == SIGQUIT || (but >> (n - 1) & 1))
			continue;
		assert_int_equal(kill(proc.pid, n), 0);
		expect("child", n);
		kinds++;
	}
	kill(proc.pid, SIGQUIT);
	assert_int_equal(harness_finish(&proc), 0);
	/* No signal came twice, and no other came. */
	assert_int_equal(count_lines("child "), kinds + 2);
}

#define BIT(n)    (UINT64_C(1) << ((n)-1))
#define TTY_STOPS (BIT(SIGTSTP) | BIT(SIGTTIN) | BIT(SIGTTOU))

static void test_each_kind(void **state)
{
	(void)state;
	each_kind(INIT("dinit"), false, 0);
	each_kind(INIT("dinit", "-g"), false, 0);
	each_kind(INIT("tini", "-s"), false, BIT(SIGTTIN) | BIT(SIGTTOU));
	each_kind(INIT("tini", "-sg"), false, BIT(SIGTTIN) | BIT(SIGTTOU));
	each_kind(INIT("dumb-init"), false, TTY_STOPS);
	each_kind(INIT("dinit", "--setsid"), false, TTY_STOPS);
	each_kind(INIT("dumb-init", "-c"), false, TTY_STOPS);
}

static void test_each_kind_as_pid_1(void **state)
{
	(void)state;
	if (!harness_has_pid_namespaces())
		skip();
	each_kind(INIT("dinit"), true, 0);
	each_kind(INIT("dinit", "-a"), true, 0);
	each_kind(INIT("tini"), true, BIT(SIGTTIN) | BIT(SIGTTOU));
	each_kind(INIT("dumb-init"), true, TTY_STOPS);
}

static void test_tini_is_deaf_to_ttin_and_ttou(void **state)
{
	(void)state;
	start(INIT("tini", "-s"), false, "child");
	kill(proc.pid, SIGTTIN);
	kill(proc.pid, SIGTTOU);
	kill(proc.pid, SIGWINCH); /* its number is higher, so it comes after them */
	expect("child", SIGWINCH);
	kill(proc.pid, SIGQUIT);
	assert_int_equal(harness_finish(&proc), 0);
	assert_int_equal(count_lines("child 2"), 1);
}

/* Sends all kinds while the init is stopped, so that all are pending together. */
static void test_volley(void **state)
{
	(void)state;
	int status;

	start(INIT("dinit"), false, "child");
	kill(proc.pid, SIGSTOP);
	assert_int_equal(waitpid(proc.pid, &status, WUNTRACED), proc.pid);
	for (int n = 1; n <= 64; n++)
		/* The SIGCONT to come would discard a pending stop signal. */
		if (n != SIGKILL && n != SIGSTOP && n != SIGCHLD && n != SIGQUIT && n != SIGCONT &&
		    !(TTY_STOPS & BIT(n)))
			kill(proc.pid, n);
	kill(proc.pid, SIGCONT);
	for (int n = 1; n <= 64; n++)
		if (n != SIGKILL && n != SIGSTOP && n != SIGCHLD && n != SIGQUIT && !(TTY_STOPS & BIT(n)))
			expect("child", n);
	kill(proc.pid, SIGQUIT);
	assert_int_equal(harness_finish(&proc), 0);
}

static void send_values(int signal, int count)
{
	char text[64];

	for (int i = 0; i < count; i++)
		assert_int_equal(sigqueue(proc.pid, signal, (union sigval){.sival_int = i}), 0);
	for (int i = 0; i < count; i++) {
		snprintf(text, sizeof(text), "child %d queued %d.\n", signal, i);
		harness_wait_for(&proc, text);
	}
	snprintf(text, sizeof(text), "child %d ", signal);
	assert_int_equal(count_lines(text), count);
}

static void test_realtime_values_and_order(void **state)
{
	(void)state;
	start(INIT("dinit"), false, "child");
	send_values(40, 200);
	send_values(64, 3);
	kill(proc.pid, SIGQUIT);
	assert_int_equal(harness_finish(&proc), 0);
	/* They came in the order in which they were sent. */
	const char *last = proc.out_text;
	for (int i = 0; i < 200; i++) {
		char text[64];
		snprintf(text, sizeof(text), "child 40 queued %d.\n", i);
		last = strstr(last, text);
		assert_non_null(last);
	}
}

static void test_realtime_without_values(void **state)
{
	(void)state;
	start(INIT("tini", "-sg"), false, "child");
	kill(proc.pid, SIGSTOP);
	for (int i = 0; i < 200; i++)
		assert_int_equal(kill(proc.pid, 50), 0);
	kill(proc.pid, SIGCONT);
	kill(proc.pid, 51);
	expect("child", 51);
	kill(proc.pid, SIGQUIT);
	assert_int_equal(harness_finish(&proc), 0);
	assert_int_equal(count_lines("child 50 0."), 200);
}

static void test_who_gets_it(void **state)
{
	(void)state;
	static const struct {
		const char *init[3];
		bool member;
	} rows[] = {
		{{"tini", "-s"}, false},  {{"tini", "-sg"}, true},      {{"dumb-init", "--"}, true},
		{{"dinit", "--"}, false}, {{"dinit", "--group"}, true}, {{"dinit", "--all"}, true},
		{{"dinit", "-S"}, true},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		start(rows[i].init, false, "child-and-member");
		harness_wait_for(&proc, "member ready");
		kill(proc.pid, SIGUSR1);
		expect("child", SIGUSR1);
		if (rows[i].member)
			expect("member", SIGUSR1);
		kill(proc.pid, SIGQUIT);
		harness_wait_for(&proc, "child end");
		if (!rows[i].member) {
			/* It is left behind. */
			assert_int_equal(count_lines("member 10"), 0);
			kill(atoi(strstr(proc.out_text, "member ready ") + strlen("member ready ")), SIGKILL);
		}
		assert_int_equal(harness_finish(&proc), 0);
	}
}

static void test_rewriting(void **state)
{
	(void)state;
	start(INIT("dinit", "-r", "TERM:USR2", "-r", "hup:0", "-r", "RTMIN+2:41", "-r", "INT:WINCH"), false,
	      "child");
	kill(proc.pid, SIGHUP);
	kill(proc.pid, SIGTERM);
	expect("child", SIGUSR2);
	assert_int_equal(sigqueue(proc.pid, 36, (union sigval){.sival_int = 77}), 0);
	harness_wait_for(&proc, "child 41 queued 77.\n");
	kill(proc.pid, SIGINT);
	expect("child", SIGWINCH);
	kill(proc.pid, SIGQUIT);
	assert_int_equal(harness_finish(&proc), 0);
	assert_int_equal(count_lines("child "), 5);
}

static void as_a_job(void *arg)
{
	(void)arg;
	setpgid(0, 0);
}

/* In an orphaned group a terminal's stop signals stop no process, as no shell could continue it. */
static void as_an_orphan(void *arg)
{
	(void)arg;
	setsid();
}

static void test_dumb_init_stops_with_its_child(void **state)
{
	(void)state;
	static const int stops[] = {SIGTSTP, SIGTTIN, SIGTTOU};
	static const struct {
		const char *init[5];
		int gets; /* the signal that the child sees; 0: it is stopped */
	} rows[] = {
		{{"dumb-init", "--"}, 0},
		{{"dumb-init", "-r20:10", "-r21:10", "-r22:10"}, SIGUSR1},
		{{"dinit", "-S"}, 0},
	};
	int status;

	for (size_t row = 0; row < sizeof(rows) / sizeof(rows[0]); row++)
		for (size_t i = 0; i < 6; i++) {
			const int stop = stops[i / 2];
			const bool job = i % 2;
			start_in(job ? as_a_job : as_an_orphan, rows[row].init, false, "child");
			kill(proc.pid, stop);
			assert_int_equal(waitpid(proc.pid, &status, WUNTRACED), proc.pid);
			assert_true(WIFSTOPPED(status));
			assert_int_equal(WSTOPSIG(status), job ? stop : SIGSTOP);
			kill(proc.pid, SIGCONT);
			expect("child", SIGCONT);
			if (rows[row].gets)
				expect("child", rows[row].gets);
			kill(proc.pid, SIGQUIT);
			assert_int_equal(harness_finish(&proc), 0);
		}
}

static void test_three_deep(void **state)
{
	(void)state;
	const char *inits[NESTED_WORDS + 1] = {NULL};
	const bool namespaces = harness_has_pid_namespaces();

	for (int i = 0; i < 2 * NESTED; i++) {
		nested_words(i / 2, inits);
		start(inits, namespaces && i % 2, "child");
		kill(proc.pid, SIGUSR1);
		expect("child", SIGUSR1);
		assert_int_equal(sigqueue(proc.pid, 40, (union sigval){.sival_int = 77}), 0);
		harness_wait_for(&proc, "child 40 ");
		kill(proc.pid, SIGQUIT);
		assert_int_equal(harness_finish(&proc), 0);
		/* Each came once, and nothing else did. */
		assert_int_equal(count_lines("child "), 4);
	}
}

/* The child has left the group that the init put it into. */
static int leave_group(void)
{
	pid_t other = fork();

	if (other == 0) {
		setpgid(0, 0);
		pause();
		_exit(0);
	}
	setpgid(other, other);
	if (setpgid(0, other) < 0)
		return 1;
	kill(other, SIGKILL);
	waitpid(other, NULL, 0);
	return child_main("child", false);
}

static void test_group_falls_back_to_the_pid(void **state)
{
	(void)state;
	start(INIT("tini", "-sg"), false, "leave-group");
	kill(proc.pid, SIGUSR1);
	expect("child", SIGUSR1);
	kill(proc.pid, SIGQUIT);
	assert_int_equal(harness_finish(&proc), 0);
}

static void as_nobody(void *arg)
{
	(void)arg;
	if (setgroups(0, NULL) < 0 || setresgid(65534, 65534, 65534) < 0 ||
	    setresuid(65534, 65534, 65534) < 0)
		_exit(120);
}

static void copy(const char *from, const char *to, const char *mode)
{
	char line[8400];

	snprintf(line, sizeof(line), "cp '%s' '%s' && chmod %s '%s'", from, to, mode, to);
	assert_int_equal(system(line), 0);
}

/* If the init may not signal its child, a set-user-id program for instance, it logs that and goes on. */
static void test_child_of_another_user(void **state)
{
	(void)state;
	static const char *const rows[][3] = {
		{"tini", "-s", "Unexpected error when forwarding signal: 'Operation not permitted'"},
		{"dumb-init", "--", "[dumb-init] Unable to send: Operation not permitted."},
		{"dinit", "-v", "praekelt-init: cannot send USR1: Operation not permitted"},
	};
	char dir[] = "/tmp/live_signals.XXXXXX", child[64], init[64];

	if (geteuid() != 0) {
		print_message("# SKIP only root can make a program that becomes another user\n");
		skip();
	}
	assert_non_null(mkdtemp(dir));
	chmod(dir, 0755);
	snprintf(child, sizeof(child), "%s/child", dir);
	snprintf(init, sizeof(init), "%s/init", dir);
	copy(self, child, "4755");
	copy(harness_bin("tini"), init, "755");
	for (size_t row = 0; row < sizeof(rows) / sizeof(rows[0]); row++) {
		const char *const argv[] = {rows[row][0], rows[row][1], child, "become-root", NULL};
		harness_start(&proc,
			      &(struct harness_spec){.argv = argv, .file = init, .before_exec = as_nobody});
		harness_wait_for(&proc, "child ready ");
		for (int i = 0; i < 2; i++) {
			kill(proc.pid, SIGUSR1);
			harness_wait_for(&proc, rows[row][2]);
			proc.err_len = 0;
			proc.err_text[0] = '\0';
		}
		kill(atoi(strstr(proc.out_text, "child ready ") + strlen("child ready ")), SIGQUIT);
		assert_int_equal(harness_finish(&proc), 0);
		assert_int_equal(count_lines("child 10"), 0);
	}
	unlink(child);
	unlink(init);
	rmdir(dir);
}

static void without_cap_kill(void *arg)
{
	(void)arg;
	if (prctl(PR_CAPBSET_DROP, CAP_KILL) < 0)
		_exit(120);
}

/* As PID 1 it ends at a stop request that it may not send. */
static void test_stop_request_that_may_not_be_sent(void **state)
{
	(void)state;
	static const struct {
		const char *init[3];
		int status;
	} rows[] = {
		{{"tini", "--"}, 1},
		{{"tini", "-g"}, 1},
		{{"dumb-init", "--"}, 143},
		{{"dumb-init", "-c"}, 143},
		{{"dinit", "--"}, 143},
		{{"dinit", "-a"}, 143},
		{{"dinit", "-rTERM:QUIT"}, 143},
	};

	if (geteuid() != 0) {
		print_message("# SKIP only root can have a child of another user\n");
		skip();
	}
	for (size_t row = 0; row < sizeof(rows) / sizeof(rows[0]); row++) {
		start_in(without_cap_kill, rows[row].init, true, "become-nobody");
		kill(proc.pid, SIGUSR1);
		kill(proc.pid, SIGTERM);
		assert_int_equal(harness_finish(&proc), rows[row].status);
		const char *said = strstr(proc.err_text, "CAP_KILL");
		assert_non_null(said);
		assert_null(strstr(said + 1, "CAP_KILL"));
		assert_int_equal(count_lines("child "), 1);
	}
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "child") == 0)
		return child_main("child", false);
	if (argc > 1 && strcmp(argv[1], "child-and-member") == 0)
		return child_main("child", true);
	if (argc > 1 && strcmp(argv[1], "leave-group") == 0)
		return leave_group();
	if (argc > 1 && strcmp(argv[1], "become-root") == 0)
		return setresuid(0, 0, 0) < 0 ? 1 : child_main("child", false);
	if (argc > 1 && strcmp(argv[1], "become-nobody") == 0)
		return setresuid(65534, 65534, 65534) < 0 ? 1 : child_main("child", false);
	if (readlink("/proc/self/exe", self, sizeof(self) - 1) < 0)
		return 1;
	nested_set_path();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_each_kind, harness_alarm),
		cmocka_unit_test_setup(test_each_kind_as_pid_1, harness_alarm),
		cmocka_unit_test_setup(test_tini_is_deaf_to_ttin_and_ttou, harness_alarm),
		cmocka_unit_test_setup(test_volley, harness_alarm),
		cmocka_unit_test_setup(test_realtime_values_and_order, harness_alarm),
		cmocka_unit_test_setup(test_realtime_without_values, harness_alarm),
		cmocka_unit_test_setup(test_who_gets_it, harness_alarm),
		cmocka_unit_test_setup(test_rewriting, harness_alarm),
		cmocka_unit_test_setup(test_dumb_init_stops_with_its_child, harness_alarm),
		cmocka_unit_test_setup(test_three_deep, harness_alarm),
		cmocka_unit_test_setup(test_group_falls_back_to_the_pid, harness_alarm),
		cmocka_unit_test_setup(test_child_of_another_user, harness_alarm),
		cmocka_unit_test_setup(test_stop_request_that_may_not_be_sent, harness_alarm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
