/* listen_pid.c: the command, not the init, gets the sockets of socket activation. */
#include "init/listen_pid.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define INIT  10
#define CHILD 12345

static char buf[LISTEN_PID_MAX];

static void test_it_becomes_the_childs(void **state)
{
	(void)state;
	char a[] = "A=LISTEN_PID=10", pid[] = "LISTEN_PID=10", id[] = "LISTEN_PIDFDID=99",
	     fds[] = "LISTEN_FDS=1";
	char *envp[] = {id, a, pid, fds, NULL};

	listen_pid_hand_over(envp, INIT, CHILD, buf);
	assert_ptr_equal(envp[0], a);
	assert_ptr_equal(envp[1], buf);
	assert_string_equal(envp[1], "LISTEN_PID=12345");
	assert_ptr_equal(envp[2], fds);
	assert_null(envp[3]);
}

static void test_another_process_keeps_its_own(void **state)
{
	(void)state;
	static char values[][20] = {"LISTEN_PID=11", "LISTEN_PID=", "LISTEN_PID=010x", "LISTEN_PIDS=10",
				    "LISTEN_PID"};
	char id[] = "LISTEN_PIDFDID=99";

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		char *envp[] = {id, values[i], NULL};
		listen_pid_hand_over(envp, INIT, CHILD, buf);
		assert_ptr_equal(envp[0], id);
		assert_ptr_equal(envp[1], values[i]);
		assert_null(envp[2]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_it_becomes_the_childs),
		cmocka_unit_test(test_another_process_keeps_its_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
