/*
 * praekelt-init: a SIGTERM during the start is not lost. It is sent at each system call that the init makes
 * until it serves, and at each one that its child makes until it has executed the command. A few more
 * are sent at random moments; make stress sends 10,000 of these.
 */
#include "test/init/race.h"

#include <fcntl.h>
#include <sys/ptrace.h>

/* What waitpid() shows of a stop, without its lowest byte. */
#define STOP(event) (SIGTRAP | (event) << 8)

static int wait_for_stop(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, __WALL), pid);
	assert_true(WIFSTOPPED(status));
	return status >> 8;
}

static int run_to_stop(pid_t pid)
{
	assert_int_equal(ptrace(PTRACE_SYSCALL, pid, NULL, NULL), 0);
	return wait_for_stop(pid);
}

/* Starts an init, which is stopped right after its execve(). Skips the test if this process may not trace. */
static pid_t start_stopped(const char *const *mode, bool pid1)
{
	const unsigned long options = PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC;
	unsigned long flags = SIGCHLD;
	int go[2];
	char byte;

	if (pid1)
		flags |= CLONE_NEWPID | (geteuid() != 0 ? CLONE_NEWUSER : 0);
	assert_int_equal(pipe2(go, O_CLOEXEC), 0);
	const pid_t pid = harness_clone(flags);
	assert_true(pid >= 0);
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (read(go[0], &byte, 1) == 1)
			execl(harness_bin(mode[0]), mode[0], mode[1], "/bin/sleep", "1000", (char *)NULL);
		_exit(123);
	}
	if (ptrace(PTRACE_SEIZE, pid, NULL, options) < 0) {
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		print_message("# SKIP may not trace\n");
		skip();
	}
	assert_int_equal(ptrace(PTRACE_INTERRUPT, pid, NULL, NULL), 0);
	wait_for_stop(pid);
	assert_int_equal(write(go[1], "!", 1), 1);
	close(go[0]);
	close(go[1]);
	while (run_to_stop(pid) != STOP(PTRACE_EVENT_EXEC))
		;
	return pid;
}

static struct __ptrace_syscall_info system_call(pid_t pid)
{
	struct __ptrace_syscall_info info;

	assert_true(ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof(info), &info) > 0);
	return info;
}

static void end(pid_t pid, const char *const *mode, const char *whose, int moment)
{
	if (!race_ended(pid))
		fail_msg("%s %s: a SIGTERM at stop %d of the %s is lost", mode[0], mode[1], moment, whose);
}

/* Returns false at the last moment. */
static bool at_moment_of_init(const char *const *mode, bool pid1, int moment)
{
	struct __ptrace_syscall_info call = {.op = PTRACE_SYSCALL_INFO_NONE};
	const pid_t pid = start_stopped(mode, pid1);

	/* The kernel drops what PID 1 of a namespace neither handles nor blocks. */
	for (bool blocks = !pid1; !blocks;) {
		run_to_stop(pid);
		blocks = call.op == PTRACE_SYSCALL_INFO_ENTRY && call.entry.nr == SYS_rt_sigprocmask;
		call = system_call(pid);
	}
	bool serves = false;
	for (int stops = 0; stops < moment && !serves; stops++) {
		run_to_stop(pid);
		call = system_call(pid);
		serves = call.op == PTRACE_SYSCALL_INFO_ENTRY && call.entry.nr == SYS_rt_sigtimedwait;
	}
	kill(pid, SIGTERM);
	assert_int_equal(ptrace(PTRACE_DETACH, pid, NULL, NULL), 0);
	end(pid, mode, "init", moment);
	return !serves;
}

static void wait_until_pending(pid_t pid, int signal)
{
	char text[4096];
	const char *line;

	do
		usleep(100);
	while (race_read(pid, "status", text, sizeof(text)) && (line = strstr(text, "ShdPnd:\t")) &&
	       !(strtoull(line + 8, NULL, 16) & 1u << (signal - 1)));
}

static bool at_moment_of_child(const char *const *mode, bool pid1, int moment)
{
	const pid_t pid = start_stopped(mode, pid1);
	unsigned long child;
	int stop = 0;

	assert_int_equal(ptrace(PTRACE_SETOPTIONS, pid, NULL,
				PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC |
					PTRACE_O_TRACEFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEVFORK),
			 0);
	while (stop != STOP(PTRACE_EVENT_FORK) && stop != STOP(PTRACE_EVENT_CLONE) &&
	       stop != STOP(PTRACE_EVENT_VFORK))
		stop = run_to_stop(pid);
	assert_int_equal(ptrace(PTRACE_GETEVENTMSG, pid, NULL, &child), 0);
	stop = wait_for_stop((pid_t)child);
	assert_int_equal(ptrace(PTRACE_DETACH, pid, NULL, NULL), 0);
	for (int stops = 0; stops < moment && stop != STOP(PTRACE_EVENT_EXEC); stops++)
		stop = run_to_stop((pid_t)child);
	kill(pid, SIGTERM);
	wait_until_pending((pid_t)child, SIGTERM);
	assert_int_equal(ptrace(PTRACE_DETACH, child, NULL, NULL), 0);
	end(pid, mode, "child", moment);
	return stop != STOP(PTRACE_EVENT_EXEC);
}

static void at_every_moment(bool pid1)
{
	/* A sanitizer makes hundreds of system calls of its own. */
	const int step = harness_instrumented() ? 23 : 1;

	for (size_t i = 0; i < RACE_MODES; i++) {
		int of_init = 0, of_child = 0;
		while (at_moment_of_init(race_modes[i], pid1, of_init))
			of_init += step;
		while (at_moment_of_child(race_modes[i], pid1, of_child))
			of_child += step;
		print_message("# %s %s: %d moments of the init, %d of the child\n", race_modes[i][0],
			      race_modes[i][1], of_init / step + 1, of_child / step + 1);
	}
}

static void test_at_random_moments(void **state)
{
	(void)state;
	for (size_t mode = 0; mode < RACE_MODES; mode++)
		assert_int_equal(race(mode, false, 10), 0);
}

static void test_as_any_process(void **state)
{
	(void)state;
	at_every_moment(false);
}

static void test_as_pid_1(void **state)
{
	(void)state;
	if (!harness_has_pid_namespaces()) {
		print_message("# SKIP may not make PID namespaces\n");
		skip();
	}
	at_every_moment(true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_at_random_moments, harness_alarm),
		cmocka_unit_test_setup(test_as_any_process, harness_alarm),
		cmocka_unit_test_setup(test_as_pid_1, harness_alarm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
