/* praekelt-init without arguments. */
#include "test/support/harness.h"

static void test_no_arguments(void **state)
{
	(void)state;
	static struct harness_proc proc;

	assert_int_equal(HARNESS_RUN(&proc, "praekelt-init"), 125);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_no_arguments, harness_alarm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
