/* log.c, log_messages.c: the lines of each dialect. Scripts parse those of the peers, so they are written out
 * here. */
#include "init/log.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define EVENT_COUNT (EVENT_GOODBYE + 1)

static const struct log_fields fields = {
	.pid = 7, .command = "cmd", .signal = SIGHUP, .sent_signal = SIGINT, .status = 3, .error = ENOENT};

struct row {
	enum event event;
	unsigned verbosity; /* the least at which it is logged */
	const char *line;
};

static const char *compose(const struct log *log, enum event event, const struct log_fields *with)
{
	static char line[1024];
	const size_t len = log_compose(line, sizeof(line) - 1, log, event, with);

	line[len] = '\0';
	return line;
}

static void assert_lines(const char *(*message)(enum event event), const struct row *rows, size_t count)
{
	size_t logged = 0;

	for (int event = 0; event < EVENT_COUNT; event++)
		logged += message((enum event)event) != NULL;
	assert_int_equal(logged, count);
	for (size_t i = 0; i < count; i++) {
		struct log log = {.self = 42, .message = message, .verbosity = rows[i].verbosity};
		assert_string_equal(compose(&log, rows[i].event, &fields), rows[i].line);
		log.verbosity--;
		if (rows[i].verbosity > 0)
			assert_string_equal(compose(&log, rows[i].event, &fields), "");
	}
}

#define ASSERT_LINES(message, rows) assert_lines(message, rows, sizeof(rows) / sizeof((rows)[0]))

/* clang-format off */
static void test_tini(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{EVENT_PDEATHSIG_FAILED, 0, "[FATAL tini (42)] Failed to set up parent death signal\n"},
		{EVENT_SUBREAPER_FAILED, 0, "[FATAL tini (42)] Failed to register as child subreaper: No such file or directory\n"},
		{EVENT_SPAWN_FAILED, 0, "[FATAL tini (42)] fork failed: No such file or directory\n"},
		{EVENT_EXEC_FAILED, 0, "[FATAL tini (42)] exec cmd failed: No such file or directory\n"},
		{EVENT_WAIT_FAILED, 0, "[FATAL tini (42)] Error while waiting for pids: 'No such file or directory'\n"},
		{EVENT_STOP_REFUSED, 0, "[FATAL tini (42)] Cannot forward signal 'Hangup' to the child without CAP_KILL: 'No such file or directory'\n"},
		{EVENT_NOT_REAPER, 1,
			"[WARN  tini (42)] Tini is not running as PID 1 and isn't registered as a child subreaper.\n"
			"Zombie processes will not be re-parented to Tini, so zombie reaping won't work.\n"
			"To fix the problem, use the -s option or set the environment variable TINI_SUBREAPER to "
			"register Tini as a child subreaper, or run Tini as PID 1.\n"},
		{EVENT_ZOMBIE_REAPED, 1, "[WARN  tini (42)] Reaped zombie process with pid=7\n"},
		{EVENT_SEND_FAILED, 1, "[WARN  tini (42)] Unexpected error when forwarding signal: 'No such file or directory'\n"},
		{EVENT_NO_TARGET, 1, "[WARN  tini (42)] Child was dead when forwarding signal\n"},
		{EVENT_SPAWNED, 2, "[INFO  tini (42)] Spawned child process 'cmd' with pid '7'\n"},
		{EVENT_CHILD_EXITED, 2, "[INFO  tini (42)] Main child exited normally (with status '3')\n"},
		{EVENT_CHILD_KILLED, 2, "[INFO  tini (42)] Main child exited with signal (with signal 'Hangup')\n"},
		{EVENT_SIGCHLD, 3, "[DEBUG tini (42)] Received SIGCHLD\n"},
		{EVENT_SENDING, 3, "[DEBUG tini (42)] Passing signal: 'Hangup'\n"},
		{EVENT_REAPED, 3, "[DEBUG tini (42)] Reaped child with pid: '7'\n"},
		{EVENT_SUBREAPER, 4, "[TRACE tini (42)] Registered as child subreaper\n"},
		{EVENT_NONE_ENDED, 4, "[TRACE tini (42)] No child to reap\n"},
		{EVENT_NO_CHILD, 4, "[TRACE tini (42)] No child to wait\n"},
		{EVENT_GOODBYE, 4, "[TRACE tini (42)] Exiting: child has exited\n"},
	};

	ASSERT_LINES(message_tini, rows);
}

static void test_dumb_init(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{EVENT_SPAWN_FAILED, 0, "[dumb-init] Unable to fork. Exiting.\n"},
		{EVENT_EXEC_FAILED, 0, "[dumb-init] cmd: No such file or directory\n"},
		{EVENT_WAIT_FAILED, 0, "[dumb-init] Unable to wait: No such file or directory.\n"},
		{EVENT_SEND_FAILED, 0, "[dumb-init] Unable to send: No such file or directory.\n"},
		{EVENT_STOP_REFUSED, 0, "[dumb-init] Unable to send signal 2 without CAP_KILL: No such file or directory. Exiting.\n"},
		{EVENT_DEBUG_MODE, 1, "[dumb-init] Running in debug mode.\n"},
		{EVENT_NO_SETSID, 1, "[dumb-init] Not running in setsid mode.\n"},
		{EVENT_DETACH_FAILED, 1, "[dumb-init] Unable to detach from controlling tty (errno=2 No such file or directory).\n"},
		{EVENT_DETACHED_LEADER, 1, "[dumb-init] Detached from controlling tty, ignoring the first SIGHUP and SIGCONT we receive.\n"},
		{EVENT_DETACHED, 1, "[dumb-init] Detached from controlling tty, but was not session leader.\n"},
		{EVENT_SPAWNED, 1, "[dumb-init] Child spawned with PID 7.\n"},
		{EVENT_ATTACH_FAILED, 1, "[dumb-init] Unable to attach to controlling tty (errno=2 No such file or directory).\n"},
		{EVENT_SETSID, 1, "[dumb-init] setsid complete.\n"},
		{EVENT_SIGNAL, 1, "[dumb-init] Received signal 1.\n"},
		{EVENT_SIGCHLD, 1, "[dumb-init] Received signal 1.\n"},
		{EVENT_HANDOFF, 1, "[dumb-init] Ignoring tty hand-off signal 1.\n"},
		{EVENT_TRANSLATED, 1, "[dumb-init] Translating signal 1 to 2.\n"},
		{EVENT_SENT, 1, "[dumb-init] Forwarded signal 2 to children.\n"},
		{EVENT_NOT_SENT, 1, "[dumb-init] Not forwarding signal 2 to children (ignored).\n"},
		{EVENT_SUSPEND, 1, "[dumb-init] Suspending self due to TTY signal.\n"},
		{EVENT_REAPED_EXITED, 1, "[dumb-init] A child with PID 7 exited with exit status 3.\n"},
		{EVENT_REAPED_KILLED, 1, "[dumb-init] A child with PID 7 was terminated by signal 1.\n"},
		{EVENT_GOODBYE, 1, "[dumb-init] Child exited with status 3. Goodbye.\n"},
	};

	ASSERT_LINES(message_dumb_init, rows);
}

static void test_catatonit(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{EVENT_SUBREAPER_FAILED, 0, "ERROR (catatonit:42): failed to set child-reaper as non-pid1: No such file or directory\n"},
		{EVENT_SPAWN_FAILED, 0, "ERROR (catatonit:42): failed to fork child: No such file or directory\n"},
		{EVENT_EXEC_FAILED, 0, "ERROR (catatonit:42): failed to exec pid1: No such file or directory\n"},
		{EVENT_WAIT_FAILED, 0, "ERROR (catatonit:42): failed to wait: No such file or directory\n"},
		{EVENT_SEND_FAILED, 0, "WARNING (catatonit:42): forwarding of signal 2 to pid1 failed: No such file or directory\n"},
		{EVENT_STOP_REFUSED, 0, "ERROR (catatonit:42): forwarding of signal 2 to pid1 failed without CAP_KILL: No such file or directory\n"},
		{EVENT_SPAWNED, 1, "DEBUG (catatonit:42): pid1 (7) spawned: cmd\n"},
		{EVENT_REAPED_EXITED, 1, "DEBUG (catatonit:42): child process 7 exited with code 3\n"},
		{EVENT_REAPED_KILLED, 1, "DEBUG (catatonit:42): child process 7 exited due to signal 1\n"},
		{EVENT_NO_CHILD, 1, "DEBUG (catatonit:42): got ECHILD: no children left to monitor\n"},
	};

	ASSERT_LINES(message_catatonit, rows);
}
/* clang-format on */

/* Nobody parses these, so only their form is fixed. */
static void test_native(void **state)
{
	(void)state;
	struct log log = {.self = 42, .message = message_native, .verbosity = MESSAGE_VERBOSITY_MAX};

	for (int event = 0; event < EVENT_COUNT; event++) {
		const char *line = compose(&log, (enum event)event, &fields);
		if (!message_native((enum event)event)) {
			assert_string_equal(line, "");
			continue;
		}
		assert_int_equal(strncmp(line, "praekelt-init: ", 15), 0);
		assert_ptr_equal(strchr(line, '\n'), line + strlen(line) - 1);
		assert_null(strchr(line, '$'));
		assert_null(strstr(line, "(null)"));
	}
	assert_string_equal(compose(&log, EVENT_SENT, &fields), "praekelt-init: HUP: passed on as INT\n");
	assert_string_equal(compose(&log, EVENT_GRACE, NULL),
			    "praekelt-init: asking the remaining processes to end\n");
	log.message = message_tini;
	assert_string_equal(compose(&log, EVENT_SUBREAPER, NULL),
			    "[TRACE tini (42)] Registered as child subreaper\n");
}

/* The child logs its own failure, with its own pid. */
static void test_speaker(void **state)
{
	(void)state;
	const struct log log = {.self = 42, .message = message_tini};

	assert_string_equal(compose(&log, EVENT_EXEC_FAILED,
				    &(struct log_fields){.speaker = 43, .command = "cmd", .error = EACCES}),
			    "[FATAL tini (43)] exec cmd failed: Permission denied\n");
}

static void test_a_long_line_is_cut(void **state)
{
	(void)state;
	const struct log log = {.self = 42, .message = message_native};
	char command[200], line[64];

	memset(command, 'c', sizeof(command) - 1);
	command[sizeof(command) - 1] = '\0';
	memset(line, '!', sizeof(line));
	for (size_t size = 2; size <= 60; size++) {
		const size_t len = log_compose(line, size, &log, EVENT_EXEC_FAILED,
					       &(struct log_fields){.command = command});
		assert_in_range(len, 1, size);
		assert_int_equal(line[len - 1], '\n');
		assert_int_equal(line[size], '!');
	}
	assert_int_equal(strncmp(line, "praekelt-init: cannot run 'ccc", 30), 0);
}

static const char *unknown_field(enum event event)
{
	(void)event;
	return "0one $? two";
}

static void test_unknown_field(void **state)
{
	(void)state;
	const struct log log = {.message = unknown_field};

	assert_string_equal(compose(&log, EVENT_GOODBYE, &fields), "one  two\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tini),          cmocka_unit_test(test_dumb_init),
		cmocka_unit_test(test_catatonit),     cmocka_unit_test(test_native),
		cmocka_unit_test(test_speaker),       cmocka_unit_test(test_a_long_line_is_cut),
		cmocka_unit_test(test_unknown_field),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
