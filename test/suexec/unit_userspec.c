/* userspec.c: every form a spec can take. */
#include "suexec/userspec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include "test/suexec/span_is.h"

struct row {
	const char *text;
	enum half_kind kind;
	uint32_t id;
};

static void test_halves(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"", HALF_EMPTY, 0},
		{"0", HALF_ID, 0},
		{"00", HALF_ID, 0},
		{"+0", HALF_ID, 0},
		{"1000", HALF_ID, 1000},
		{"+1000", HALF_ID, 1000},
		{"01000", HALF_ID, 1000},
		{"+01000", HALF_ID, 1000},
		{"2147483648", HALF_ID, 2147483648u},
		{"4294967294", HALF_ID, 4294967294u},
		{"4294967295", HALF_RANGE, 0},
		{"+4294967295", HALF_RANGE, 0},
		{"4294967296", HALF_RANGE, 0},
		{"4294968296", HALF_RANGE, 0},
		{"18446744073709551616", HALF_RANGE, 0},
		{"18446744073709552616", HALF_RANGE, 0},
		{"99999999999999999999999999999999", HALF_RANGE, 0},
		{"alice", HALF_NAME, 0},
		{"Alice", HALF_NAME, 0},
		{"alice.staff", HALF_NAME, 0},
		{"1000x", HALF_NAME, 0},
		{"0x3e8", HALF_NAME, 0},
		{"1e3", HALF_NAME, 0},
		{" 1000", HALF_NAME, 0},
		{"1000 ", HALF_NAME, 0},
		{"1 000", HALF_NAME, 0},
		{"1000\n", HALF_NAME, 0},
		{"-1", HALF_NAME, 0},
		{"-2", HALF_NAME, 0},
		{"-0", HALF_NAME, 0},
		{"+", HALF_NAME, 0},
		{"++1", HALF_NAME, 0},
		{"+-1", HALF_NAME, 0},
		{"-", HALF_NAME, 0},
		{"1.0", HALF_NAME, 0},
		{"1,000", HALF_NAME, 0},
		{"\xd9\xa1", HALF_NAME, 0}, /* an Arabic one */
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct half half = userspec_half(span_of(rows[i].text));
		if (half.kind != rows[i].kind || half.id != rows[i].id || !span_is(half.text, rows[i].text))
			fail_msg("'%s': kind %d, id %u", rows[i].text, (int)half.kind, half.id);
	}
}

static void check_split(const char *text, const char *user, const char *group)
{
	struct userspec spec;

	if (!userspec_parse(text, &spec))
		fail_msg("'%s' refused", text);
	if (!span_is(spec.user.text, user) || !span_is(spec.group.text, group))
		fail_msg("'%s' split elsewhere", text);
}

static void test_split(void **state)
{
	(void)state;
	struct userspec spec;

	check_split("", "", "");
	check_split(":", "", "");
	check_split("alice", "alice", "");
	check_split("alice:", "alice", "");
	check_split("alice:staff", "alice", "staff");
	check_split(":staff", "", "staff");
	check_split("1000:+50", "1000", "+50");
	check_split("alice.staff", "alice.staff", "");
	assert_false(userspec_parse("alice::", &spec));
	assert_false(userspec_parse("::", &spec));
	assert_false(userspec_parse("alice:staff:x", &spec));
	assert_false(userspec_parse("alice:staff:", &spec));
	assert_false(userspec_parse(":staff:", &spec));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_halves),
		cmocka_unit_test(test_split),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
