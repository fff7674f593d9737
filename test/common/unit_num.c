/* num.c: valid and invalid numbers. */
#include "common/num.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

struct row {
	const char *text;
	uint64_t max;
	enum num_result result;
	uint64_t value;
};

static void check_rows(const struct row *rows, size_t count, int seconds)
{
	for (size_t i = 0; i < count; i++) {
		const struct row *row = &rows[i];
		uint64_t value = 4711;
		enum num_result result = seconds ? num_parse_seconds(row->text, row->max, &value)
						 : num_parse(row->text, strlen(row->text), row->max, &value);
		uint64_t expected = row->result == NUM_OK ? row->value : 4711;
		if (result != row->result || value != expected)
			fail_msg("'%s': result %d, value %llu", row->text, (int)result,
				 (unsigned long long)value);
	}
}

static void test_whole_numbers(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"0", 255, NUM_OK, 0},
		{"255", 255, NUM_OK, 255},
		{"0255", 255, NUM_OK, 255},
		{"256", 255, NUM_RANGE, 0},
		{"4294967294", 4294967294u, NUM_OK, 4294967294u},
		{"4294967295", 4294967294u, NUM_RANGE, 0},
		{"4294967296", 4294967294u, NUM_RANGE, 0},
		{"18446744073709551615", UINT64_MAX, NUM_OK, UINT64_MAX},
		{"18446744073709551616", UINT64_MAX, NUM_RANGE, 0},
		{"99999999999999999999999999", UINT64_MAX, NUM_RANGE, 0},
		{"99999999999999999999999999x", UINT64_MAX, NUM_MALFORMED, 0},
		{"5", 4, NUM_RANGE, 0},
		{"9", 9, NUM_OK, 9},
		{"", 255, NUM_MALFORMED, 0},
		{"-1", 255, NUM_MALFORMED, 0},
		{"+1", 255, NUM_MALFORMED, 0},
		{" 1", 255, NUM_MALFORMED, 0},
		{"1 ", 255, NUM_MALFORMED, 0},
		{"0x10", 255, NUM_MALFORMED, 0},
		{"1e3", 255, NUM_MALFORMED, 0},
	};
	check_rows(rows, sizeof(rows) / sizeof(rows[0]), 0);
}

static void test_seconds(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"0", 3600000, NUM_OK, 0},
		{"10", 3600000, NUM_OK, 10000},
		{"3600", 3600000, NUM_OK, 3600000},
		{"3600.0000", 3600000, NUM_OK, 3600000},
		{"3600.0001", 3600000, NUM_RANGE, 0},
		{"3601", 3600000, NUM_RANGE, 0},
		{"0.5", 3600000, NUM_OK, 500},
		{".5", 3600000, NUM_OK, 500},
		{"1.", 3600000, NUM_OK, 1000},
		{"0.25", 3600000, NUM_OK, 250},
		{"0.0001", 3600000, NUM_OK, 1},
		{"0.0009", 3600000, NUM_OK, 1},
		{"1.999", 3600000, NUM_OK, 1999},
		{"18446744073709551", UINT64_MAX, NUM_RANGE, 0},
		{"18446744073709551616", 3600000, NUM_RANGE, 0},
		{"18446744073709551615", UINT64_MAX, NUM_RANGE, 0},
		{".", 3600000, NUM_MALFORMED, 0},
		{"", 3600000, NUM_MALFORMED, 0},
		{"1.2.3", 3600000, NUM_MALFORMED, 0},
		{"-1", 3600000, NUM_MALFORMED, 0},
		{"1s", 3600000, NUM_MALFORMED, 0},
		{"1.5x", 3600000, NUM_MALFORMED, 0},
		{"inf", 3600000, NUM_MALFORMED, 0},
	};
	check_rows(rows, sizeof(rows) / sizeof(rows[0]), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole_numbers),
		cmocka_unit_test(test_seconds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
