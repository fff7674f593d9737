/* common/program_name.c without a name in the file: a release's files are tested by test/release. */
#include "common/program_name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_last_part(void **state)
{
	(void)state;
	assert_string_equal(program_name("tini"), "tini");
	assert_string_equal(program_name("/usr/local/sbin/gosu"), "gosu");
	assert_string_equal(program_name("./x/"), "");
	assert_string_equal(program_name(""), "");
	assert_string_equal(program_name(NULL), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_last_part)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
