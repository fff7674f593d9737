/* praekelt-init: a SIGTERM during the start is not lost, 10,000 times each. Prints the figures. */
#include "test/init/race.h"

#define ROUNDS 10000

static void run(bool pid1)
{
	int all_lost = 0;

	for (size_t mode = 0; mode < RACE_MODES; mode++) {
		int lost = race(mode, pid1, ROUNDS);
		print_message("# %s %s%s: %d of %d SIGTERMs lost\n", race_modes[mode][0], race_modes[mode][1],
			      pid1 ? " as PID 1" : "", lost, ROUNDS);
		all_lost += lost;
	}
	assert_int_equal(all_lost, 0);
}

static void test_as_any_process(void **state)
{
	(void)state;
	run(false);
}

static void test_as_pid_1(void **state)
{
	(void)state;
	if (!harness_has_pid_namespaces()) {
		print_message("# SKIP may not make PID namespaces\n");
		skip();
	}
	run(true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_as_any_process),
					   cmocka_unit_test(test_as_pid_1)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
