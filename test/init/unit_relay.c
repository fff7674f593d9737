/* relay.c: the decision for each signal in each state. */
#include "init/relay.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "init/kernel.h"

#define SELF  10
#define CHILD 11
#define OTHER 12

static struct config plain(void)
{
	struct config config = {.grace_ms = -1, .kill_after_ms = -1};

	for (int n = 0; n <= 64; n++)
		config.rewrite[n] = (uint8_t)n;
	for (int n = 0; n < 256; n++)
		config.remap[n] = (uint8_t)n;
	return config;
}

static struct relay ask(const struct config *config, enum phase phase, int signal, int code, pid_t sender)
{
	const struct state state = {
		.config = config, .self = SELF, .child = CHILD, .phase = phase, .child_in_our_group = true};
	siginfo_t info = {.si_signo = signal, .si_code = code};

	info.si_pid = sender;
	return relay(&state, &info);
}

static void test_everything_is_passed_on(void **state)
{
	(void)state;
	const struct config config = plain();

	for (int n = 1; n <= 64; n++) {
		struct relay todo = ask(&config, PHASE_CHILD, n, SI_USER, OTHER);
		assert_int_equal(todo.action, n == SIGCHLD ? RELAY_NOTHING : RELAY_SEND);
		assert_int_equal(todo.signal, n);
		assert_false(todo.suspend);
		assert_false(todo.translated);
		assert_int_equal(todo.resume, n == SIGCONT);
	}
}

static void test_handoff_is_swallowed_only_if_ours(void **state)
{
	(void)state;
	const struct config config = plain();
	const struct state expecting = {
		.config = &config, .self = SELF, .child = CHILD, .handoff = SIGNAL_BIT(SIGHUP)};
	siginfo_t info = {.si_signo = SIGHUP, .si_code = SI_USER};

	info.si_pid = SELF;
	assert_int_equal(relay(&expecting, &info).action, RELAY_HANDOFF);
	info.si_pid = OTHER;
	assert_int_equal(relay(&expecting, &info).action, RELAY_SEND);
	info.si_code = SI_QUEUE; /* which may name any sender */
	info.si_pid = SELF;
	assert_int_equal(relay(&expecting, &info).action, RELAY_SEND);
	info.si_code = SI_KERNEL; /* a real hang-up */
	info.si_pid = 0;
	assert_int_equal(relay(&expecting, &info).action, RELAY_SEND);
	info.si_signo = SIGCONT;
	info.si_code = SI_USER;
	info.si_pid = SELF;
	assert_int_equal(relay(&expecting, &info).action, RELAY_SEND);
}

static void test_rewriting(void **state)
{
	(void)state;
	struct config config = plain();

	config.rewrite[SIGTERM] = SIGQUIT;
	config.rewrite[SIGHUP] = 0;
	config.rewrite[40] = 41;
	config.rewritten = SIGNAL_BIT(SIGTERM) | SIGNAL_BIT(SIGHUP) | SIGNAL_BIT(40);
	struct relay todo = ask(&config, PHASE_CHILD, SIGTERM, SI_USER, OTHER);
	assert_int_equal(todo.action, RELAY_SEND);
	assert_int_equal(todo.signal, SIGQUIT);
	assert_true(todo.translated);
	todo = ask(&config, PHASE_CHILD, SIGHUP, SI_USER, OTHER);
	assert_int_equal(todo.action, RELAY_DROP);
	assert_true(todo.translated);
	assert_int_equal(ask(&config, PHASE_CHILD, 40, SI_QUEUE, OTHER).signal, 41);
}

static void test_not_forwarded_and_suspend(void **state)
{
	(void)state;
	struct config config = plain();

	config.not_forwarded = SIGNAL_BIT(SIGTTIN);
	config.suspend = SIGNAL_BIT(SIGTSTP);
	config.rewrite[SIGTSTP] = 0;
	assert_int_equal(ask(&config, PHASE_CHILD, SIGTTIN, SI_USER, OTHER).action, RELAY_DROP);
	struct relay todo = ask(&config, PHASE_CHILD, SIGTSTP, SI_USER, OTHER);
	assert_int_equal(todo.action, RELAY_DROP);
	assert_true(todo.suspend); /* even if it is rewritten to 0 */
}

static void test_terminal_keys_come_once(void **state)
{
	(void)state;
	static const int keys[] = {SIGINT, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU, SIGWINCH};
	struct config config = plain();

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		/* A child in a group of its own did not get the key, as the init's group was in the
		 * foreground. */
		config.placement = PLACE_GROUP;
		assert_int_equal(ask(&config, PHASE_CHILD, keys[i], SI_KERNEL, 0).action, RELAY_SEND);
		config.placement = PLACE_SHARED;
		assert_int_equal(ask(&config, PHASE_CHILD, keys[i], SI_KERNEL, 0).action, RELAY_DROP);
		assert_int_equal(ask(&config, PHASE_CHILD, keys[i], SI_USER, OTHER).action, RELAY_SEND);
	}
	/* A child that left the group did not get it either. */
	siginfo_t info = {.si_signo = SIGINT, .si_code = SI_KERNEL};
	const struct state elsewhere = {.config = &config, .self = SELF, .child = CHILD};
	assert_int_equal(relay(&elsewhere, &info).action, RELAY_SEND);
	/* The kernel sends a hang-up to the session's leader only. */
	assert_int_equal(ask(&config, PHASE_CHILD, SIGHUP, SI_KERNEL, 0).action, RELAY_SEND);
}

static void test_kill_after_is_started_by_a_stop_request(void **state)
{
	(void)state;
	struct config config = plain();

	assert_false(ask(&config, PHASE_CHILD, SIGTERM, SI_USER, OTHER).start_kill_after);
	config.kill_after_ms = 0;
	assert_true(ask(&config, PHASE_CHILD, SIGTERM, SI_USER, OTHER).start_kill_after);
	assert_true(ask(&config, PHASE_CHILD, SIGINT, SI_USER, OTHER).start_kill_after);
	assert_true(ask(&config, PHASE_CHILD, SIGQUIT, SI_USER, OTHER).start_kill_after);
	assert_false(ask(&config, PHASE_CHILD, SIGHUP, SI_USER, OTHER).start_kill_after);
	/* The received signal counts, whatever it is rewritten to, unless nothing is sent. */
	config.rewrite[SIGHUP] = SIGTERM;
	config.rewrite[SIGINT] = SIGUSR1;
	config.rewrite[SIGTERM] = 0;
	assert_false(ask(&config, PHASE_CHILD, SIGHUP, SI_USER, OTHER).start_kill_after);
	assert_true(ask(&config, PHASE_CHILD, SIGINT, SI_USER, OTHER).start_kill_after);
	assert_false(ask(&config, PHASE_CHILD, SIGTERM, SI_USER, OTHER).start_kill_after);
	config.placement = PLACE_SHARED;
	assert_false(ask(&config, PHASE_CHILD, SIGINT, SI_KERNEL, 0).start_kill_after);
}

static void test_after_the_child(void **state)
{
	(void)state;
	struct config config = plain();

	assert_int_equal(ask(&config, PHASE_WAIT_ALL, SIGTERM, SI_USER, OTHER).action, RELAY_SEND_EVERYONE);
	assert_int_equal(ask(&config, PHASE_WAIT_ALL, SIGCHLD, SI_USER, OTHER).action, RELAY_NOTHING);
	config.grace_ms = 1000;
	assert_int_equal(ask(&config, PHASE_WAIT_ALL, SIGTERM, SI_USER, OTHER).action, RELAY_END);
	assert_int_equal(ask(&config, PHASE_WAIT_ALL, SIGUSR1, SI_USER, OTHER).action, RELAY_SEND_EVERYONE);
	config.grace_ms = 0;
	assert_int_equal(ask(&config, PHASE_WAIT_ALL, SIGTERM, SI_USER, OTHER).action, RELAY_END);
	config.rewrite[SIGHUP] = SIGUSR2;
	config.rewrite[SIGUSR1] = 0;
	assert_int_equal(ask(&config, PHASE_WAIT_ALL, SIGHUP, SI_USER, OTHER).action, RELAY_SEND_EVERYONE);
	assert_int_equal(ask(&config, PHASE_WAIT_ALL, SIGHUP, SI_USER, OTHER).signal, SIGUSR2);
	assert_int_equal(ask(&config, PHASE_WAIT_ALL, SIGUSR1, SI_USER, OTHER).action, RELAY_DROP);
	assert_int_equal(ask(&config, PHASE_GRACE, SIGHUP, SI_USER, OTHER).signal, SIGUSR2);
	assert_int_equal(ask(&config, PHASE_GRACE, SIGUSR1, SI_USER, OTHER).action, RELAY_DROP);
	/* Whatever it is rewritten to. */
	config.rewrite[SIGTERM] = SIGQUIT;
	config.rewrite[SIGINT] = 0;
	assert_int_equal(ask(&config, PHASE_WAIT_ALL, SIGTERM, SI_USER, OTHER).action, RELAY_END);
	assert_int_equal(ask(&config, PHASE_WAIT_ALL, SIGINT, SI_USER, OTHER).action, RELAY_END);
	assert_int_equal(ask(&config, PHASE_WAIT_ALL, SIGQUIT, SI_USER, OTHER).action, RELAY_END);
	assert_int_equal(ask(&config, PHASE_KILL, SIGTERM, SI_USER, OTHER).action, RELAY_DROP);
	assert_int_equal(ask(&config, PHASE_KILL, SIGCHLD, SI_USER, OTHER).action, RELAY_NOTHING);
}

static void test_second_end_in_grace_kills(void **state)
{
	(void)state;
	const struct config config = plain();
	struct state grace = {.config = &config, .self = SELF, .child = CHILD, .phase = PHASE_GRACE};
	siginfo_t info = {.si_signo = SIGINT, .si_code = SI_USER};

	assert_int_equal(relay(&grace, &info).action, RELAY_SEND_EVERYONE);
	grace.stop_requests = 1;
	assert_int_equal(relay(&grace, &info).action, RELAY_KILL);
	info.si_signo = SIGHUP;
	assert_int_equal(relay(&grace, &info).action, RELAY_SEND_EVERYONE);
}

static void test_delay(void **state)
{
	(void)state;
	struct config config = plain();
	struct state first = {.config = &config, .self = SELF, .child = CHILD};
	siginfo_t info = {.si_signo = SIGTERM, .si_code = SI_USER};

	config.delay_ms = 1;
	assert_int_equal(relay(&first, &info).action, RELAY_DELAY);
	config.rewrite[SIGTERM] = 0;
	assert_int_equal(relay(&first, &info).action, RELAY_DROP);
	config.rewrite[SIGTERM] = SIGQUIT;
	assert_int_equal(relay(&first, &info).action, RELAY_DELAY);
	info.si_signo = SIGHUP;
	assert_int_equal(relay(&first, &info).action, RELAY_SEND);
	info.si_signo = SIGINT;
	first.phase = PHASE_WAIT_ALL;
	assert_int_equal(relay(&first, &info).action, RELAY_DELAY);
	first.phase = PHASE_GRACE;
	assert_int_equal(relay(&first, &info).action, RELAY_SEND_EVERYONE);
	first.phase = PHASE_CHILD;
	first.stop_requests = 1;
	assert_int_equal(relay(&first, &info).action, RELAY_SEND);
	assert_int_equal(relay(&first, &info).signal, SIGINT);
}

static void test_pause(void **state)
{
	(void)state;
	struct config config = plain();
	const struct state pause = {.config = &config, .self = SELF, .child = 0};
	siginfo_t info = {.si_signo = SIGTERM, .si_code = SI_USER};

	assert_int_equal(relay(&pause, &info).action, RELAY_END);
	info.si_signo = SIGINT;
	assert_int_equal(relay(&pause, &info).action, RELAY_END);
	info.si_signo = SIGUSR1;
	assert_int_equal(relay(&pause, &info).action, RELAY_DROP);
	config.target = TARGET_ALL;
	assert_int_equal(relay(&pause, &info).action, RELAY_SEND_EVERYONE);
	config.rewrite[SIGUSR1] = SIGTERM;
	assert_int_equal(relay(&pause, &info).action, RELAY_SEND_EVERYONE);
	config.rewrite[SIGUSR1] = 0;
	assert_int_equal(relay(&pause, &info).action, RELAY_DROP);
	config.rewrite[SIGTERM] = SIGQUIT;
	config.rewrite[SIGQUIT] = 0;
	info.si_signo = SIGTERM;
	assert_int_equal(relay(&pause, &info).action, RELAY_END);
	info.si_signo = SIGQUIT;
	assert_int_equal(relay(&pause, &info).action, RELAY_END);
	config.not_forwarded = SIGNAL_BIT(SIGQUIT);
	assert_int_equal(relay(&pause, &info).action, RELAY_DROP);
}

static void test_exit_status(void **state)
{
	(void)state;
	struct config config = plain();

	assert_int_equal(relay_exit_status(&config, 0), 0);
	assert_int_equal(relay_exit_status(&config, 3 << 8), 3);
	assert_int_equal(relay_exit_status(&config, 255 << 8), 255);
	assert_int_equal(relay_exit_status(&config, SIGTERM), 143);
	assert_int_equal(relay_exit_status(&config, SIGSEGV | 0x80), 139);
	assert_int_equal(relay_exit_status(&config, 64), 192);
	config.remap[143] = 0;
	config.remap[3] = 9;
	assert_int_equal(relay_exit_status(&config, SIGTERM), 0);
	assert_int_equal(relay_exit_status(&config, 3 << 8), 9);
}

static void test_child_stopped(void **state)
{
	(void)state;
	assert_int_equal(relay_stopped(SELF, SIGTSTP, true, false, false), STOPPED_SUSPEND);
	assert_int_equal(relay_stopped(SELF, SIGTTIN, true, false, false), STOPPED_SUSPEND);
	assert_int_equal(relay_stopped(SELF, SIGTTOU, true, true, false), STOPPED_RESUME);
	assert_int_equal(relay_stopped(SELF, SIGTSTP, true, true, false), STOPPED_SUSPEND);
	assert_int_equal(relay_stopped(SELF, SIGSTOP, true, false, false), STOPPED_STAY);
	assert_int_equal(relay_stopped(SELF, SIGTSTP, false, false, false), STOPPED_STAY);
	assert_int_equal(relay_stopped(1, SIGTSTP, true, false, false), STOPPED_STAY);
	assert_int_equal(relay_stopped(SELF, SIGTSTP, true, false, true), STOPPED_STAY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_everything_is_passed_on),
		cmocka_unit_test(test_handoff_is_swallowed_only_if_ours),
		cmocka_unit_test(test_rewriting),
		cmocka_unit_test(test_not_forwarded_and_suspend),
		cmocka_unit_test(test_terminal_keys_come_once),
		cmocka_unit_test(test_kill_after_is_started_by_a_stop_request),
		cmocka_unit_test(test_after_the_child),
		cmocka_unit_test(test_second_end_in_grace_kills),
		cmocka_unit_test(test_delay),
		cmocka_unit_test(test_pause),
		cmocka_unit_test(test_exit_status),
		cmocka_unit_test(test_child_stopped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
