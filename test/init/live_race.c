/* praekelt-init: a SIGTERM during the start is not lost. A few hundred rounds; make stress has 10,000 of
 * each. */
#include "test/init/race.h"

#define ROUNDS 100

static void test_as_any_process(void **state)
{
	(void)state;
	for (size_t mode = 0; mode < RACE_MODES; mode++)
		assert_int_equal(race(mode, false, ROUNDS), 0);
}

static void test_as_pid_1(void **state)
{
	(void)state;
	if (!harness_has_pid_namespaces()) {
		print_message("# SKIP may not make PID namespaces\n");
		skip();
	}
	for (size_t mode = 0; mode < RACE_MODES; mode++)
		assert_int_equal(race(mode, true, ROUNDS), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_as_any_process, harness_alarm),
		cmocka_unit_test_setup(test_as_pid_1, harness_alarm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
