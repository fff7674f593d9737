/*
 * praekelt-init: orphans, and what happens when the child has ended: --grace, --kill-after, --wait-all,
 * --pause.
 *
 * The commands are lines for sh. Most processes in them are probes: one prints "ready" and then each signal
 * that it gets, and exits at the signal that the line names.
 */
#include "test/init/nested.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct harness_proc proc;

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* A daemon: it has left the group and session, and its parent has exited. */
#define DAEMON(line) "(setsid sh -c '" line "' &)"
#define STUBBORN     "exec \"$PROBE\" wait"
/* Exits with a status at a signal. */
#define EXIT_AT(signal, status) "exec \"$PROBE\" wait " #signal " " #status
#define GENTLE                  EXIT_AT(15, 0)

static void start(bool pid1, const char *const *argv)
{
	harness_start(&proc, &(struct harness_spec){.argv = argv, .pid1 = pid1});
}

static int run(bool pid1, const char *const *argv)
{
	start(pid1, argv);
	return harness_finish(&proc);
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Runs the test with the init as subreaper and as PID 1. */
static void both_ways(void (*test)(bool pid1))
{
	test(false);
	if (harness_has_pid_namespaces())
		test(true);
	else
		print_message("# not tried as PID 1: may not make PID namespaces\n");
}

/* Reads the pids of the children of a process, the oldest first, zombies included; returns how many it has.
 */
static int read_children(pid_t pid, pid_t *children, int max)
{
	char path[64];
	int count = 0;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", pid, pid);
	FILE *file = fopen(path, "re");
	assert_non_null(file);
	while (count < max && fscanf(file, "%d", &children[count]) == 1)
		count++;
	fclose(file);
	return count;
}

/* The oldest child is the command. */
static pid_t child_of(pid_t pid)
{
	pid_t child;

	assert_int_equal(read_children(pid, &child, 1), 1);
	return child;
}

/* The init has two children, the command and a daemon. */
static pid_t daemon_of(pid_t pid)
{
	pid_t children[2];

	assert_int_equal(read_children(pid, children, 2), 2);
	return children[1];
}

/* Ends what the line EXIT_AT(10, ...) started. */
static void end_child(void)
{
	kill(child_of(proc.pid), SIGUSR1);
}

static void read_stat(pid_t pid, char name[32], char *state, pid_t *parent)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	FILE *file = fopen(path, "re");
	assert_non_null(file);
	assert_int_equal(fscanf(file, "%*d (%31[^)]) %c %d", name, state, parent), 3);
	fclose(file);
}

/* name: the program that it executes by then, if that matters. */
static void wait_for_state(pid_t pid, const char *name, char wanted)
{
	char comm[32], state;
	pid_t parent;

	/* No event tells the state of a process that is not our child. */
	while (read_stat(pid, comm, &state, &parent), (name && strcmp(comm, name) != 0) || state != wanted)
		usleep(1000);
}

/* The init sleeps only where it serves. */
static void wait_until_asleep(pid_t pid)
{
	wait_for_state(pid, "dinit", 'S');
}

/* Waits until a process has ended, and leaves it a zombie. */
static void wait_for_end(pid_t pid)
{
	struct pollfd end = {.fd = (int)syscall(SYS_pidfd_open, pid, 0), .events = POLLIN};

	assert_true(end.fd >= 0);
	assert_int_equal(poll(&end, 1, -1), 1);
	close(end.fd);
}

/* Each init logs the processes that it reaps, so the test knows when all have been reaped. */
static void orphans_are_reaped(bool pid1)
{
	static const struct {
		const char *name, *option, *log;
	} inits[] = {
		{"tini", "-sw", "Reaped zombie process with pid="},
		{"dinit", "-w", "reaped orphan "},
		{"dumb-init", "-v", "exited with exit status 7."},
		{"dumb-init", "-vc", "exited with exit status 7."},
	};
	static const char line[] =
		"i=0; while [ $i -lt 30 ]; do (exit 7 & exit 0); i=$((i+1)); done; exec sleep 1000";

	for (size_t i = 0; i < sizeof(inits) / sizeof(inits[0]); i++) {
		/* Like its peer, it does not become subreaper. */
		if (!pid1 && strcmp(inits[i].name, "dumb-init") == 0)
			continue;
		start(pid1, WORDS(inits[i].name, inits[i].option, "/bin/sh", "-c", line));
		harness_wait_for_times(&proc, inits[i].log, 30);
		assert_int_equal(read_children(proc.pid, (pid_t[2]){0}, 2), 1);
		kill(proc.pid, SIGTERM);
		assert_int_equal(harness_finish(&proc), 143);
	}
}

static void test_orphans_are_reaped(void **state)
{
	(void)state;
	both_ways(orphans_are_reaped);
}

/* 1,500 orphans and a signal are pending: the signal is passed on before all are reaped. */
static void test_orphans_do_not_keep_a_signal_waiting(void **state)
{
	(void)state;
	static const char line[] =
		"kill -STOP $PPID; i=0; while [ $i -lt 1500 ]; do (: &); i=$((i+1)); done; echo MADE; "
		"exec sleep 1000";
	int reaped = 0;

	start(false, WORDS("dinit", "-vvv", "/bin/sh", "-c", line));
	harness_wait_for(&proc, "MADE");
	kill(proc.pid, SIGRTMAX); /* the last in the kernel's order */
	kill(proc.pid, SIGCONT);
	assert_int_equal(harness_finish(&proc), 192);
	const char *passed = strstr(proc.err_text, "RTMIN+30: passed on");
	assert_non_null(passed);
	for (const char *p = proc.err_text; (p = strstr(p, " ended with status 0\n")) && p < passed; p++)
		reaped++;
	assert_in_range(reaped, 1, 1499);
}

/* There are more than the init reaps at a time, and one SIGCHLD for all of them. */
static void test_no_orphan_is_left_over(void **state)
{
	(void)state;
	static const char line[] = "kill -STOP $PPID; i=0; while [ $i -lt 700 ]; do (: &); i=$((i+1)); done; "
				   "echo MADE; exec sleep 1000";

	pid_t children[701];

	start(false, WORDS("dinit", "-w", "/bin/sh", "-c", line));
	harness_wait_for(&proc, "MADE");
	assert_int_equal(read_children(proc.pid, children, 701), 701);
	for (int i = 1; i < 701; i++)
		wait_for_end(children[i]);
	kill(proc.pid, SIGCONT);
	harness_wait_for_times(&proc, "reaped orphan ", 700);
	kill(proc.pid, SIGTERM);
	assert_int_equal(harness_finish(&proc), 143);
}

static void test_reaped_orphans_are_named(void **state)
{
	(void)state;
	static const char line[] = "(true &); exec sleep 1000";

	start(false, WORDS("tini", "-sw", "--", "/bin/sh", "-c", line));
	harness_wait_for(&proc, "Reaped zombie process with pid=");
	kill(proc.pid, SIGTERM);
	assert_int_equal(harness_finish(&proc), 143);
	assert_non_null(strstr(proc.err_text, "[WARN  tini ("));
	start(false, WORDS("dinit", "-w", "--", "/bin/sh", "-c", line));
	harness_wait_for(&proc, "praekelt-init: reaped orphan ");
	kill(proc.pid, SIGTERM);
	assert_int_equal(harness_finish(&proc), 143);
}

/* An orphan's status does not change the child's, whichever of the three inits reaps it. */
static void test_three_deep(void **state)
{
	(void)state;
	const char *argv[NESTED_WORDS + 4] = {
		[NESTED_WORDS] = "/bin/sh",
		[NESTED_WORDS + 1] = "-c",
		[NESTED_WORDS + 2] = "(exit 9 &); (exit 9 &); while cat /proc/[0-9]*/status 2>/dev/null | "
				     "grep -q '^State:.Z'; do sleep 0.01; done; kill -10 $$",
	};

	if (!harness_has_pid_namespaces()) {
		print_message("# SKIP may not make PID namespaces\n");
		skip();
	}
	for (int i = 0; i < NESTED; i++) {
		nested_words(i, argv);
		assert_int_equal(run(true, argv), 138);
	}
}

static pid_t pid_after(const char *word)
{
	harness_wait_for(&proc, word);
	return atoi(strstr(proc.out_text, word) + strlen(word));
}

/* Whether orphans go to the init. */
static bool adopts(const char *name, const char *option)
{
	/* The subshell, which is the orphan's parent, is gone before MADE. */
	static const char line[] = "(sh -c 'echo ORPHAN $$.; exec sleep 1000' &); echo MADE; exec sleep 1000";
	char comm[32], orphan_state;
	pid_t parent;

	start(false, WORDS(name, option, "/bin/sh", "-c", line));
	harness_wait_for(&proc, "MADE");
	pid_t orphan = pid_after("ORPHAN ");
	read_stat(orphan, comm, &orphan_state, &parent);
	kill(orphan, SIGKILL);
	kill(proc.pid, SIGTERM);
	assert_int_equal(harness_finish(&proc), 143);
	return parent == proc.pid;
}

static void test_subreaper_only_where_asked_for(void **state)
{
	(void)state;
	assert_true(adopts("tini", "-s"));
	assert_true(adopts("dinit", "--"));
	assert_false(adopts("dumb-init", "--"));
	assert_false(adopts("tini", "--"));
	assert_non_null(strstr(proc.err_text, "zombie reaping won't work"));
	if (harness_has_pid_namespaces()) {
		assert_int_equal(run(true, WORDS("tini", "/bin/true")), 0);
		assert_string_equal(proc.err_text, "");
	}
}

/* dumb-init: at the child's end the rest of its group gets SIGTERM, or what that is rewritten to. */
static void test_group_gets_a_term_at_the_end(void **state)
{
	(void)state;
	static const char line[] = "sh -c 'echo LEFT $$.; " EXIT_AT(24, 0) "' & exec sleep 1000";
	static const struct {
		const char *init[3];
		const char *gets;
	} rows[] = {
		{{"dumb-init", "--", "/usr/bin/env"}, "ready\nsignal 15\nsignal 24\n"},
		{{"dinit", "-S", "/usr/bin/env"}, "ready\nsignal 15\nsignal 24\n"},
		{{"dumb-init", "-r15:12", "/usr/bin/env"}, "ready\nsignal 12\nsignal 24\n"},
		{{"dumb-init", "-r15:0", "/usr/bin/env"}, "ready\nsignal 24\n"},
		{{"dumb-init", "-c", "/usr/bin/env"}, "ready\nsignal 24\n"},
		/* With -c no group is signalled, even if the child makes its own. */
		{{"dumb-init", "-c", "/usr/bin/setsid"}, "ready\nsignal 24\n"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		start(false, WORDS(rows[i].init[0], rows[i].init[1], rows[i].init[2], "/bin/sh", "-c", line));
		harness_wait_for(&proc, "ready\n");
		pid_t left = pid_after("LEFT ");
		/* The init cannot pass SIGKILL on. */
		kill(child_of(proc.pid), SIGKILL);
		/* All that the init sends it has sent before its end. */
		wait_for_end(proc.pid);
		kill(left, SIGXCPU);
		assert_int_equal(harness_finish(&proc), 137);
		assert_string_equal(strstr(proc.out_text, "ready\n"), rows[i].gets);
	}
}

/* One SIGCHLD stands for two ends: an orphan's, and then the child's. */
static void test_group_gets_a_term_behind_an_orphan(void **state)
{
	(void)state;
	static const char line[] = "(sh -c 'echo ORPHAN $$.; exec sleep 1000' &); echo CHILD $$.; "
				   "sh -c '" GENTLE "' & exec sleep 1000";
	int status;

	start(false, WORDS("dinit", "-S", "/bin/sh", "-c", line));
	harness_wait_for(&proc, "ready\n");
	pid_t orphan = pid_after("ORPHAN "), child = pid_after("CHILD ");
	kill(proc.pid, SIGSTOP);
	assert_int_equal(waitpid(proc.pid, &status, WUNTRACED), proc.pid);
	kill(orphan, SIGKILL);
	wait_for_end(orphan);
	kill(child, SIGKILL);
	wait_for_end(child);
	kill(proc.pid, SIGCONT);
	harness_wait_for(&proc, "signal 15\n");
	assert_int_equal(harness_finish(&proc), 137);
}

/* A child that stops has not ended. */
static void test_group_gets_no_term_at_a_stop(void **state)
{
	(void)state;
	static const char line[] =
		"trap 'echo GOT TERM; exit 9' TERM; echo CHILD $$.; kill -STOP $$; echo AWAKE; exit 3";

	start(false, WORDS("dumb-init", "-v", "/bin/sh", "-c", line));
	pid_t child = pid_after("CHILD ");
	wait_for_state(child, NULL, 'T');
	/* The init handles it after the SIGCHLD of the stop. */
	kill(proc.pid, SIGWINCH);
	harness_wait_for(&proc, "Forwarded signal 28");
	kill(child, SIGCONT);
	harness_wait_for(&proc, "AWAKE");
	assert_int_equal(harness_finish(&proc), 3);
	assert_null(strstr(proc.out_text, "GOT TERM"));
}

static void grace_asks(bool pid1)
{
	int64_t before = now_ms();

	start(pid1, WORDS("dinit", "--grace", "1000", "/bin/sh", "-c", DAEMON(GENTLE) "; " EXIT_AT(10, 5)));
	harness_wait_for_times(&proc, "ready\n", 2);
	end_child();
	assert_int_equal(harness_finish(&proc), 5);
	assert_non_null(strstr(proc.out_text, "signal 15\n"));
	/* The init ends as soon as no process is left, not at the end of the period. */
	assert_true(now_ms() - before < 30000);
}

static void test_grace_asks_and_ends_at_once(void **state)
{
	(void)state;
	both_ways(grace_asks);
}

static void grace_wakes_the_stopped(bool pid1)
{
	start(pid1, WORDS("dinit", "-G", "1000", "/bin/sh", "-c",
			  DAEMON("kill -STOP $$; exec sleep 1000") "; " EXIT_AT(10, 5)));
	harness_wait_for(&proc, "ready\n");
	wait_for_state(daemon_of(proc.pid), "sh", 'T');
	end_child();
	assert_int_equal(harness_finish(&proc), 5);
}

static void test_grace_wakes_the_stopped(void **state)
{
	(void)state;
	both_ways(grace_wakes_the_stopped);
}

static void grace_kills(bool pid1)
{
	start(pid1, WORDS("dinit", "-G0.3", "/bin/sh", "-c",
			  DAEMON(STUBBORN) ";" DAEMON(STUBBORN) "; " EXIT_AT(10, 6)));
	harness_wait_for_times(&proc, "ready\n", 3);
	int64_t before = now_ms();
	end_child();
	assert_int_equal(harness_finish(&proc), 6);
	/* The output has ended, so no process is left; and the period was not cut short. */
	assert_true(now_ms() - before >= 300);
	assert_true(now_ms() - before < 30000);
	assert_non_null(strstr(proc.err_text, "praekelt-init: killing the remaining processes\n"));
}

static void no_grace_kills_at_once(bool pid1)
{
	start(pid1, WORDS("dinit", "-G0", "/bin/sh", "-c", DAEMON(STUBBORN) "; " EXIT_AT(10, 6)));
	harness_wait_for_times(&proc, "ready\n", 2);
	end_child();
	assert_int_equal(harness_finish(&proc), 6);
	assert_non_null(strstr(proc.err_text, "praekelt-init: killing the remaining processes\n"));
}

static void test_grace_kills_what_stays(void **state)
{
	(void)state;
	both_ways(grace_kills);
	both_ways(no_grace_kills_at_once);
}

static void second_term_kills(bool pid1)
{
	start(pid1, WORDS("dinit", "-vG", "1000", "/bin/sh", "-c", DAEMON(STUBBORN) "; " EXIT_AT(15, 9)));
	harness_wait_for_times(&proc, "ready\n", 2);
	kill(proc.pid, SIGTERM);
	harness_wait_for(&proc, "asking the remaining processes to end");
	kill(proc.pid, SIGINT);
	assert_int_equal(harness_finish(&proc), 9);
}

static void test_second_term_kills(void **state)
{
	(void)state;
	both_ways(second_term_kills);
}

static void test_grace_spares_bystanders(void **state)
{
	(void)state;
	int status;
	pid_t bystander = fork();

	if (bystander == 0) {
		execl("/bin/sleep", "sleep", "1000", (char *)NULL);
		_exit(1);
	}
	start(false, WORDS("dinit", "-G", "0.2", "/bin/sh", "-c", DAEMON(STUBBORN) "; " EXIT_AT(10, 6)));
	harness_wait_for_times(&proc, "ready\n", 2);
	end_child();
	assert_int_equal(harness_finish(&proc), 6);
	assert_int_equal(waitpid(bystander, &status, WNOHANG), 0);
	kill(bystander, SIGKILL);
	waitpid(bystander, &status, 0);
	assert_int_equal(WTERMSIG(status), SIGKILL);
}

/* If it is not PID 1 it reads /proc, where a process can give itself any name. */
static void test_grace_is_not_fooled_by_names(void **state)
{
	(void)state;
	int status;
	char name[16];

	start(false,
	      WORDS("dinit", "-G", "1000", "/bin/sh", "-c",
		    DAEMON("printf \") S 1 1 (\" >/proc/self/comm; \"$PROBE\" wait 15 0; :") "; exec sleep "
											     "1000"));
	harness_wait_for(&proc, "ready\n");
	pid_t bystander = fork();
	if (bystander == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		snprintf(name, sizeof(name), ") S %d 1", proc.pid);
		prctl(PR_SET_NAME, name);
		raise(SIGSTOP);
		pause();
		_exit(1);
	}
	assert_int_equal(waitpid(bystander, &status, WUNTRACED), bystander);
	kill(bystander, SIGCONT);
	kill(proc.pid, SIGTERM);
	assert_int_equal(harness_finish(&proc), 143);
	assert_non_null(strstr(proc.out_text, "signal 15\n"));
	assert_int_equal(waitpid(bystander, &status, WNOHANG), 0);
	kill(bystander, SIGKILL);
	waitpid(bystander, &status, 0);
	assert_int_equal(WTERMSIG(status), SIGKILL);
}

/* The pids have wrapped, so /proc lists a process before its parent. */
static void test_grace_with_wrapped_pids(void **state)
{
	(void)state;
	static const char line[] =
		"last=/proc/sys/kernel/ns_last_pid; echo 1000 >$last\n"
		"dinit -G 1000 sh -c 'echo 100 >$0; "
		"sh -c \"echo 50 >$0; \\\"$PROBE\\\" wait 15 0; :\" & " EXIT_AT(15, 5) "' $last; exit $?";

	if (!harness_has_pid_namespaces()) {
		print_message("# SKIP may not make PID namespaces\n");
		skip();
	}
	if (access("/proc/sys/kernel/ns_last_pid", F_OK) < 0) {
		print_message("# SKIP this kernel does not let a process choose pids\n");
		skip();
	}
	start(true, WORDS("/bin/sh", "-c", line));
	harness_wait_for_times(&proc, "ready\n", 2);
	kill(child_of(proc.pid), SIGTERM);
	assert_int_equal(harness_finish(&proc), 5);
	assert_non_null(strstr(proc.out_text, "signal 15\n"));
}

static void test_grace_of_a_deep_tree(void **state)
{
	(void)state;
	/* With --all the init looks for all descendants at every signal. */
	start(false,
	      WORDS("dinit", "-vaG", "0.3", "/bin/sh", "-c", "\"$PROBE\" chain 2000 & " EXIT_AT(10, 7)));
	harness_wait_for_times(&proc, "ready\n", 2);
	int64_t before = now_ms();
	kill(proc.pid, SIGUSR1);
	assert_int_equal(harness_finish(&proc), 7);
	int64_t took = now_ms() - before;
	print_message("# 2000 deep: a signal to all, a grace period of 0.3 s and the kill in %d ms\n",
		      (int)took);
	assert_true(took < 10000);
}

static void without_proc(void *arg)
{
	(void)arg;
	if (unshare(CLONE_NEWNS) < 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
	    mount("none", "/proc", "tmpfs", 0, NULL) < 0)
		_exit(120);
}

static void test_grace_that_sees_nobody(void **state)
{
	(void)state;
	const char *const *argv =
		WORDS("dinit", "-vG", "0.2", "/bin/sh", "-c", DAEMON(EXIT_AT(10, 0)) "; " EXIT_AT(10, 6));

	if (geteuid() != 0) {
		print_message("# SKIP only root can do away with /proc\n");
		skip();
	}
	if (harness_instrumented()) {
		print_message("# sanitizers need /proc: nothing to try\n");
		return;
	}
	harness_start(&proc, &(struct harness_spec){.argv = argv, .before_exec = without_proc});
	harness_wait_for_times(&proc, "ready\n", 2);
	pid_t left = daemon_of(proc.pid);
	end_child();
	wait_for_end(proc.pid);
	kill(left, SIGUSR1);
	assert_int_equal(harness_finish(&proc), 6);
	assert_non_null(strstr(proc.err_text, "cannot see which processes are left"));
	assert_null(strstr(proc.err_text, "asking the remaining processes to end"));
	assert_null(strstr(proc.err_text, "killing the remaining processes"));
	/* Both processes outlived the init until the test signalled them. */
	harness_wait_for_times(&proc, "signal 10\n", 2);
	/* A /proc of another PID namespace is of no use either. */
	assert_int_equal(HARNESS_RUN(&proc, "/usr/bin/unshare", "--pid", "--fork", "/bin/sh", "-c",
				     "dinit -G 0.1 sh -c 'exit 6'; exit $?"),
			 6);
	assert_non_null(strstr(proc.err_text, "cannot see which processes are left"));
}

/* TERM, INT and QUIT ask the init to stop, whatever they are rewritten to. Signals are rewritten in the grace
 * period too. */
static void test_stop_requests_that_are_rewritten(void **state)
{
	(void)state;
	start(false, WORDS("dinit", "-vW", "-G", "0.1", "-r", "TERM:QUIT", "/bin/sh", "-c",
			   DAEMON(STUBBORN) "; exit 3"));
	harness_wait_for(&proc, "ready\n");
	harness_wait_for(&proc, "the child ended with status 3");
	kill(proc.pid, SIGTERM);
	assert_int_equal(harness_finish(&proc), 3);

	start(false, WORDS("dinit", "--pause", "-r", "TERM:QUIT"));
	wait_until_asleep(proc.pid);
	kill(proc.pid, SIGTERM);
	assert_int_equal(harness_finish(&proc), 0);

	start(false, WORDS("dinit", "-vG", "1000", "-r", "WINCH:0", "-r", "HUP:USR2", "/bin/sh", "-c",
			   DAEMON(EXIT_AT(12, 0)) "; " EXIT_AT(10, 4)));
	harness_wait_for_times(&proc, "ready\n", 2);
	end_child();
	harness_wait_for(&proc, "asking the remaining processes to end");
	kill(proc.pid, SIGWINCH);
	harness_wait_for(&proc, "WINCH: not passed on");
	kill(proc.pid, SIGHUP);
	assert_int_equal(harness_finish(&proc), 4);
	assert_non_null(strstr(proc.out_text, "signal 12\n"));
	assert_null(strstr(proc.out_text, "signal 28\n"));
}

/* Lets a stopped tracee run until it has made this system call. */
static void run_to_the_end_of(pid_t pid, unsigned long call)
{
	struct __ptrace_syscall_info info;
	unsigned long entered = 0;
	int status;

	do {
		assert_int_equal(ptrace(PTRACE_SYSCALL, pid, NULL, NULL), 0);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSTOPPED(status));
		assert_true(ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof(info), &info) > 0);
		if (info.op == PTRACE_SYSCALL_INFO_ENTRY)
			entered = info.entry.nr;
	} while (info.op != PTRACE_SYSCALL_INFO_EXIT || entered != call);
}

/* The child ends after the init's waitid() has returned its stop and before the init reaps it. */
static void test_group_gets_a_term_though_the_child_was_stopped(void **state)
{
	(void)state;
	int status;

	start(false,
	      WORDS("dumb-init", "/bin/sh", "-c", "sh -c '" GENTLE "' & echo CHILD $$.; exec sleep 1000"));
	harness_wait_for(&proc, "ready\n");
	pid_t child = pid_after("CHILD ");
	wait_for_state(proc.pid, "dumb-init", 'S');
	if (ptrace(PTRACE_SEIZE, proc.pid, NULL, PTRACE_O_TRACESYSGOOD) < 0) {
		kill(proc.pid, SIGKILL);
		print_message("# SKIP may not trace\n");
		skip();
	}
	assert_int_equal(ptrace(PTRACE_INTERRUPT, proc.pid, NULL, NULL), 0);
	assert_int_equal(waitpid(proc.pid, &status, 0), proc.pid);
	kill(child, SIGSTOP);
	run_to_the_end_of(proc.pid, SYS_waitid);
	kill(child, SIGKILL);
	wait_for_end(child);
	assert_int_equal(ptrace(PTRACE_DETACH, proc.pid, NULL, NULL), 0);
	harness_wait_for(&proc, "signal 15\n");
	assert_int_equal(harness_finish(&proc), 137);
}

/* Each process of the storm replaces itself without end. */
static void grace_outlasts_a_storm(bool pid1)
{
	start(pid1,
	      WORDS("dinit", "-G", "0.2", "/bin/sh", "-c",
		    DAEMON("trap \"\" TERM; f() { sleep 0.01; f & }; f; f; f; echo STORM; wait") "; " EXIT_AT(
			    10, 4)));
	harness_wait_for(&proc, "ready\n");
	harness_wait_for(&proc, "STORM");
	int64_t before = now_ms();
	end_child();
	assert_int_equal(harness_finish(&proc), 4);
	assert_true(now_ms() - before < 20000);
}

static void test_grace_outlasts_a_storm(void **state)
{
	(void)state;
	both_ways(grace_outlasts_a_storm);
}

static void test_kill_after(void **state)
{
	(void)state;
	static const int asking[] = {SIGTERM, SIGINT, SIGQUIT};

	for (size_t i = 0; i < 3; i++) {
		start(false, WORDS("dinit", "-g", "--kill-after", "0.1", harness_probe(), "wait"));
		harness_wait_for(&proc, "ready\n");
		kill(proc.pid, SIGHUP); /* does not start the clock */
		kill(proc.pid, asking[i]);
		assert_int_equal(harness_finish(&proc), 137);
		assert_non_null(strstr(proc.err_text, "the child is still running, killing it\n"));
	}
}

static void test_kill_after_spares_a_child_that_ends(void **state)
{
	(void)state;
	start(false, WORDS("dinit", "-t", "1000", harness_probe(), "wait", "15", "8"));
	harness_wait_for(&proc, "ready\n");
	kill(proc.pid, SIGTERM);
	assert_int_equal(harness_finish(&proc), 8);
}

/* Only the first stop request is delayed; other signals are passed on at once, and a second one ends the
 * delay. */
static void test_delay(void **state)
{
	(void)state;
	start(false, WORDS("dinit", "-vd", "1000", harness_probe(), "wait"));
	harness_wait_for(&proc, "ready");
	kill(proc.pid, SIGTERM);
	harness_wait_for(&proc, "praekelt-init: TERM: passed on later\n");
	kill(proc.pid, SIGUSR1);
	harness_wait_for(&proc, "signal 10\n");
	assert_null(strstr(proc.out_text, "signal 15\n"));
	kill(proc.pid, SIGINT);
	harness_wait_for(&proc, "signal 15\n");
	harness_wait_for(&proc, "signal 2\n");
	/* A later one is not delayed. */
	kill(proc.pid, SIGQUIT);
	harness_wait_for(&proc, "signal 3\n");
	kill(child_of(proc.pid), SIGKILL);
	assert_int_equal(harness_finish(&proc), 137);
}

/* The order is delay, signal, kill-after. */
static void test_delay_ends_by_itself(void **state)
{
	(void)state;
	start(false, WORDS("dinit", "--delay", "0.2", "-t", "0.3", harness_probe(), "wait"));
	harness_wait_for(&proc, "ready");
	int64_t before = now_ms();
	kill(proc.pid, SIGTERM);
	harness_wait_for(&proc, "signal 15\n");
	assert_true(now_ms() - before >= 200);
	assert_int_equal(harness_finish(&proc), 137);
	assert_true(now_ms() - before >= 500);
}

static void test_delay_ends_with_the_child(void **state)
{
	(void)state;
	start(false, WORDS("dinit", "-vd", "1000", harness_probe(), "wait", "10", "4"));
	harness_wait_for(&proc, "ready\n");
	kill(proc.pid, SIGTERM);
	kill(proc.pid, SIGUSR1);
	assert_int_equal(harness_finish(&proc), 4);
	/* The descendants get the delayed signal, as nobody sends it again. */
	start(false, WORDS("dinit", "-vWd", "1000", "/bin/sh", "-c", DAEMON(GENTLE) "; " EXIT_AT(10, 4)));
	harness_wait_for_times(&proc, "ready\n", 2);
	kill(proc.pid, SIGTERM);
	harness_wait_for(&proc, "TERM: passed on later");
	end_child();
	assert_int_equal(harness_finish(&proc), 4);
	assert_non_null(strstr(proc.out_text, "signal 15\n"));
}

static void wait_all(bool pid1)
{
	start(pid1, WORDS("dinit", "-vW", "/bin/sh", "-c", DAEMON(GENTLE) "; exit 3"));
	harness_wait_for(&proc, "the child ended with status 3");
	harness_wait_for(&proc, "ready\n");
	kill(proc.pid, SIGUSR1);
	harness_wait_for(&proc, "signal 10\n");
	kill(proc.pid, SIGTERM);
	harness_wait_for(&proc, "signal 15\n");
	assert_int_equal(harness_finish(&proc), 3);
}

static void test_wait_all(void **state)
{
	(void)state;
	both_ways(wait_all);
}

static void test_wait_all_with_grace(void **state)
{
	(void)state;
	start(false, WORDS("dinit", "-vW", "-G", "0.1", "/bin/sh", "-c", DAEMON(STUBBORN) "; exit 3"));
	harness_wait_for(&proc, "ready\n");
	harness_wait_for(&proc, "the child ended with status 3");
	kill(proc.pid, SIGTERM);
	assert_int_equal(harness_finish(&proc), 3);
}

/* The SIGTERM that ended the child asked all processes to end. */
static void test_wait_all_with_grace_asked_before(void **state)
{
	(void)state;
	start(false, WORDS("dinit", "-W", "-G", "1000", "/bin/sh", "-c", DAEMON(GENTLE) "; " EXIT_AT(15, 3)));
	harness_wait_for_times(&proc, "ready\n", 2);
	kill(proc.pid, SIGTERM);
	harness_wait_for_times(&proc, "signal 15\n", 2);
	assert_int_equal(harness_finish(&proc), 3);
}

static void test_pause(void **state)
{
	(void)state;
	static const int ends[] = {SIGTERM, SIGINT};

	for (size_t i = 0; i < 2; i++) {
		start(false, WORDS("dinit", "--pause", "-v"));
		wait_until_asleep(proc.pid);
		kill(proc.pid, SIGUSR1);
		harness_wait_for(&proc, "USR1: not passed on\n");
		kill(proc.pid, ends[i]);
		assert_int_equal(harness_finish(&proc), 0);
	}
}

static struct harness_proc visitor;

/* An engine's "exec" and a shared PID namespace bring processes whose parent is not the init. */
static void visit(const char *line)
{
	char pid[16];

	snprintf(pid, sizeof(pid), "%d", proc.pid);
	const char *const as_root[] = {"/usr/bin/nsenter", "-t", pid, "-p", "/bin/sh", "-c", line, NULL};
	const char *const as_user[] = {"/usr/bin/nsenter",
				       "--preserve-credentials",
				       "-t",
				       pid,
				       "-U",
				       "-p",
				       "/bin/sh",
				       "-c",
				       line,
				       NULL};
	harness_start(&visitor, &(struct harness_spec){.argv = geteuid() == 0 ? as_root : as_user});
	harness_wait_for(&visitor, "ready\n");
}

/* nsenter waits for the command that it runs in the namespace. */
static void end_visitor(void)
{
	kill(child_of(visitor.pid), SIGUSR1);
}

static bool has_visitors(void)
{
	if (harness_has_pid_namespaces())
		return true;
	print_message("# SKIP may not make PID namespaces\n");
	return false;
}

static void test_pause_among_others(void **state)
{
	(void)state;
	if (!has_visitors())
		skip();
	start(true, WORDS("dinit", "-vvvPa", "-G", "1000"));
	wait_until_asleep(proc.pid);
	visit("(exit 7 &); " EXIT_AT(10, 4));
	harness_wait_for(&proc, " ended with status 7\n");
	kill(proc.pid, SIGHUP);
	harness_wait_for(&visitor, "signal 1\n");
	kill(proc.pid, SIGTERM);
	harness_wait_for(&visitor, "signal 15\n");
	/* The init waits for the visitor. */
	wait_until_asleep(proc.pid);
	end_visitor();
	assert_int_equal(harness_finish(&visitor), 4);
	assert_int_equal(harness_finish(&proc), 0);
}

static void test_grace_is_for_visitors_too(void **state)
{
	(void)state;
	if (!has_visitors())
		skip();
	start(true, WORDS("dinit", "-G", "1000", harness_probe(), "wait", "15", "6"));
	harness_wait_for(&proc, "ready\n");
	visit(EXIT_AT(10, 4));
	kill(proc.pid, SIGTERM);
	harness_wait_for(&visitor, "signal 15\n");
	wait_until_asleep(proc.pid);
	end_visitor();
	assert_int_equal(harness_finish(&visitor), 4);
	assert_int_equal(harness_finish(&proc), 6);
	start(true, WORDS("dinit", "-G", "0.1", harness_probe(), "wait", "15", "6"));
	harness_wait_for(&proc, "ready\n");
	visit(STUBBORN);
	kill(proc.pid, SIGTERM);
	assert_int_equal(harness_finish(&visitor), 137);
	assert_int_equal(harness_finish(&proc), 6);
	assert_non_null(strstr(proc.err_text, "killing the remaining processes"));
}

static void test_all_reaches_daemons(void **state)
{
	(void)state;
	start(false,
	      WORDS("dinit", "--all", "-G", "10", "/bin/sh", "-c", DAEMON(GENTLE) "; " EXIT_AT(15, 3)));
	harness_wait_for_times(&proc, "ready\n", 2);
	kill(proc.pid, SIGUSR1);
	harness_wait_for_times(&proc, "signal 10\n", 2);
	kill(proc.pid, SIGTERM);
	assert_int_equal(harness_finish(&proc), 3);
}

/* Real-time signals are queued, so the output shows how often one was sent. */
static void test_all_reaches_grandchildren_once(void **state)
{
	(void)state;
	int once = 0;

	start(false,
	      WORDS("dinit", "--all", "-G", "0", "-t", "0", "/bin/sh", "-c", "\"$PROBE\" wait & " STUBBORN));
	harness_wait_for_times(&proc, "ready\n", 2);
	kill(proc.pid, 40);
	kill(proc.pid, 41);
	harness_wait_for_times(&proc, "signal 41\n", 2);
	for (const char *p = proc.out_text; (p = strstr(p, "signal 40\n")); p++)
		once++;
	assert_int_equal(once, 2);
	kill(proc.pid, SIGTERM);
	assert_int_equal(harness_finish(&proc), 137);
}

static void test_remapped_statuses(void **state)
{
	(void)state;
	assert_int_equal(run(false, WORDS("tini", "-s", "-e", "143", "--", "/bin/sh", "-c", "kill $$")), 0);
	assert_int_equal(
		run(false, WORDS("tini", "-s", "-e", "9", "-e", "10", "--", "/bin/sh", "-c", "exit 10")), 0);
	assert_int_equal(run(false, WORDS("dinit", "-e", "143:7", "--", "/bin/sh", "-c", "kill $$")), 7);
	assert_int_equal(run(false, WORDS("dinit", "--remap", "127", "nonexist")), 0);
	assert_int_equal(run(false, WORDS("dumb-init", "/bin/sh", "-c", "kill -9 $$")), 137);
}

int main(void)
{
	nested_set_path(); /* the caller's may have directories that are closed to us: another error than not
			      found */
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_orphans_are_reaped, harness_alarm),
		cmocka_unit_test_setup(test_orphans_do_not_keep_a_signal_waiting, harness_alarm),
		cmocka_unit_test_setup(test_no_orphan_is_left_over, harness_alarm),
		cmocka_unit_test_setup(test_reaped_orphans_are_named, harness_alarm),
		cmocka_unit_test_setup(test_three_deep, harness_alarm),
		cmocka_unit_test_setup(test_subreaper_only_where_asked_for, harness_alarm),
		cmocka_unit_test_setup(test_group_gets_a_term_at_the_end, harness_alarm),
		cmocka_unit_test_setup(test_group_gets_a_term_behind_an_orphan, harness_alarm),
		cmocka_unit_test_setup(test_group_gets_no_term_at_a_stop, harness_alarm),
		cmocka_unit_test_setup(test_grace_asks_and_ends_at_once, harness_alarm),
		cmocka_unit_test_setup(test_grace_wakes_the_stopped, harness_alarm),
		cmocka_unit_test_setup(test_grace_kills_what_stays, harness_alarm),
		cmocka_unit_test_setup(test_second_term_kills, harness_alarm),
		cmocka_unit_test_setup(test_grace_spares_bystanders, harness_alarm),
		cmocka_unit_test_setup(test_grace_is_not_fooled_by_names, harness_alarm),
		cmocka_unit_test_setup(test_grace_with_wrapped_pids, harness_alarm),
		cmocka_unit_test_setup(test_grace_of_a_deep_tree, harness_alarm),
		cmocka_unit_test_setup(test_grace_that_sees_nobody, harness_alarm),
		cmocka_unit_test_setup(test_stop_requests_that_are_rewritten, harness_alarm),
		cmocka_unit_test_setup(test_group_gets_a_term_though_the_child_was_stopped, harness_alarm),
		cmocka_unit_test_setup(test_grace_outlasts_a_storm, harness_alarm),
		cmocka_unit_test_setup(test_kill_after, harness_alarm),
		cmocka_unit_test_setup(test_kill_after_spares_a_child_that_ends, harness_alarm),
		cmocka_unit_test_setup(test_delay, harness_alarm),
		cmocka_unit_test_setup(test_delay_ends_by_itself, harness_alarm),
		cmocka_unit_test_setup(test_delay_ends_with_the_child, harness_alarm),
		cmocka_unit_test_setup(test_wait_all, harness_alarm),
		cmocka_unit_test_setup(test_wait_all_with_grace, harness_alarm),
		cmocka_unit_test_setup(test_wait_all_with_grace_asked_before, harness_alarm),
		cmocka_unit_test_setup(test_pause, harness_alarm),
		cmocka_unit_test_setup(test_pause_among_others, harness_alarm),
		cmocka_unit_test_setup(test_grace_is_for_visitors_too, harness_alarm),
		cmocka_unit_test_setup(test_all_reaches_daemons, harness_alarm),
		cmocka_unit_test_setup(test_all_reaches_grandchildren_once, harness_alarm),
		cmocka_unit_test_setup(test_remapped_statuses, harness_alarm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
