/* common/name.c without a name in the file: a release's files are tested by test/release. */
#include "common/name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_last_part(void **state)
{
	(void)state;
	assert_string_equal(name_of("tini"), "tini");
	assert_string_equal(name_of("/usr/local/sbin/gosu"), "gosu");
	assert_string_equal(name_of("./x/"), "");
	assert_string_equal(name_of(""), "");
	assert_string_equal(name_of(NULL), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_last_part)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
