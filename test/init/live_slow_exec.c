/*
 * praekelt-init serves as usual while its child is between clone() and execve().
 *
 * The command lies in a FUSE file system that never answers, so looking it up takes until the test closes the
 * other end. Root only; the file system is mounted in a namespace of its own.
 */
#include "test/support/harness.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define INITS      5
static const char *const inits[INITS][2] = {
	{"tini", "-s"}, {"dumb-init", "--"}, {"dumb-init", "-c"}, {"dinit", "--"}, {"dinit", "-S"},
};

static struct harness_proc proc;
static char dir[] = "/tmp/live_slow_exec.XXXXXX";
static char command[64];
static int fuse = -1;

static int make_dir(void **state)
{
	(void)state;
	if (!mkdtemp(dir))
		return -1;
	snprintf(command, sizeof(command), "%s/command", dir);
	return 0;
}

static int remove_dir(void **state)
{
	(void)state;
	return rmdir(dir);
}

static void mount_fuse(void *arg)
{
	char data[64];

	(void)arg;
	snprintf(data, sizeof(data), "fd=%d,rootmode=40000,user_id=0,group_id=0", fuse);
	if (unshare(CLONE_NEWNS) < 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
	    mount("test", dir, "fuse", MS_NOSUID | MS_NODEV, data) < 0)
		_exit(120);
}

static void mount_fuse_and_block_term(void *arg)
{
	sigset_t set;

	mount_fuse(arg);
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
}

static int open_fuse(void **state)
{
	fuse = open("/dev/fuse", O_RDWR | O_CLOEXEC);
	return harness_alarm(state);
}

static int close_fuse(void **state)
{
	(void)state;
	if (fuse >= 0)
		close(fuse);
	fuse = -1;
	return 0;
}

/* Starts the init and returns the pid of the child, which hangs in the kernel. */
static pid_t start(const char *const *argv, void (*before_exec)(void *))
{
	pid_t child;

	if (fuse < 0 || geteuid() != 0) {
		print_message("# SKIP may not mount a FUSE file system\n");
		skip();
	}
	harness_start(&proc, &(struct harness_spec){.argv = argv, .before_exec = before_exec});
	while ((child = harness_child(proc.pid)) == 0 || harness_state(child) != 'D') {
		if (harness_state(proc.pid) == 'Z')
			fail_msg("it ended before its child hung");
		usleep(1000);
	}
	return child;
}

static void test_signals_are_passed_on(void **state)
{
	(void)state;
	for (int i = 0; i < INITS; i++) {
		start(WORDS(inits[i][0], inits[i][1], command), mount_fuse);
		kill(proc.pid, SIGTERM);
		assert_int_equal(harness_finish(&proc), 143);
		close_fuse(NULL);
		open_fuse(NULL);
	}
}

static void test_kill_after(void **state)
{
	(void)state;
	start(WORDS("dinit", "--kill-after", "0.1", command), mount_fuse_and_block_term);
	kill(proc.pid, SIGTERM);
	assert_int_equal(harness_finish(&proc), 137);
}

static void search_in_fuse(void *arg)
{
	mount_fuse(arg);
	setenv("PATH", dir, 1);
}

/*
 * A stop signal arrives while the child searches PATH with all signals blocked. The child stops when it
 * unblocks them for execve(). The init keeps serving, continues the child and passes SIGTERM on.
 */
static void test_child_stops_before_exec(void **state)
{
	(void)state;
	static const int stops[] = {SIGTSTP, SIGTTIN, SIGTTOU};

	for (int i = 0; i < 3 * INITS; i++) {
		const char *const *init = inits[i % INITS];
		pid_t child = start(WORDS(init[0], init[1], "command"), search_in_fuse);
		/* In a session of its own the group is orphaned, and a terminal's stop signals do not stop
		 * it. */
		const bool session = strcmp(init[1], "-S") == 0 || strcmp(init[0], "dumb-init") == 0;
		kill(child, session ? SIGSTOP : stops[i / INITS]);
		close_fuse(NULL);
		while (harness_state(child) != 'T')
			usleep(1000);
		/* It is pending when the child goes on. */
		kill(proc.pid, SIGTERM);
		kill(proc.pid, SIGCONT);
		assert_int_equal(harness_finish(&proc), 143);
		open_fuse(NULL);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_signals_are_passed_on, open_fuse, close_fuse),
		cmocka_unit_test_setup_teardown(test_kill_after, open_fuse, close_fuse),
		cmocka_unit_test_setup_teardown(test_child_stops_before_exec, open_fuse, close_fuse),
	};
	return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
