/* signame.c, errno_text.c: names, numbers and words. */
#include "init/errno_text.h"
#include "init/signame.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void test_words_are_those_of_glibc(void **state)
{
	(void)state;
	char buf[SIGNAME_WORDS_MAX];

	/* The tests are built with glibc, so they compare with its strsignal(). */
	for (int n = 1; n <= 64; n++)
		assert_string_equal(signame_words(n, buf), strsignal(n));
	assert_string_equal(signame_words(65, buf), "Unknown signal 65");
}

static void test_short_names(void **state)
{
	(void)state;
	char buf[SIGNAME_MAX];

	for (int n = 1; n <= 31; n++)
		assert_string_equal(signame_short(n, buf), n == SIGIO ? "IO" : sigabbrev_np(n));
	assert_string_equal(signame_short(34, buf), "RTMIN");
	assert_string_equal(signame_short(35, buf), "RTMIN+1");
	assert_string_equal(signame_short(64, buf), "RTMIN+30");
	assert_string_equal(signame_short(33, buf), "33");
	assert_string_equal(signame_short(0, buf), "0");
}

static void test_exact_names(void **state)
{
	(void)state;
	assert_int_equal(signame_exact("SIGHUP"), 1);
	assert_int_equal(signame_exact("SIGKILL"), 9);
	assert_int_equal(signame_exact("SIGSYS"), 31);
	assert_int_equal(signame_exact("sigterm"), -1);
	assert_int_equal(signame_exact("sigTERM"), -1);
	assert_int_equal(signame_exact("TERM"), -1);
	assert_int_equal(signame_exact("SIGTER"), -1);
	assert_int_equal(signame_exact("SIGTERMX"), -1);
	assert_int_equal(signame_exact("15"), -1);
	assert_int_equal(signame_exact("SIG"), -1);
	assert_int_equal(signame_exact(""), -1);
}

static void test_names_as_people_write_them(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int signal;
	} rows[] = {
		{"TERM", 15},     {"term", 15},    {"SIGTERM", 15},    {"sigTerm", 15},  {"15", 15},
		{"64", 64},       {"1", 1},        {"33", 33},         {"RTMIN", 34},    {"rtmin+3", 37},
		{"SIGRTMAX", 64}, {"RTMAX-1", 63}, {"RTMIN+30", 64},   {"RTMAX-30", 34}, {"SYS", 31},
		{"", -1},         {"0", -1},       {"65", -1},         {"-1", -1},       {"+15", -1},
		{"TERMX", -1},    {"TER", -1},     {"RTMIN+31", -1},   {"RTMIN-1", -1},  {"RTMIN+", -1},
		{"RTMAX+1", -1},  {"SIG", -1},     {"SIGSIGTERM", -1}, {"15 ", -1},      {"RTMAX-31", -1},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (signame_parse(rows[i].text, strlen(rows[i].text)) != rows[i].signal)
			fail_msg("'%s' is not %d", rows[i].text, rows[i].signal);
	/* The name ends at its length, not at a NUL. */
	assert_int_equal(signame_parse("TERM:INT", 4), 15);
	assert_int_equal(signame_parse("15:2", 2), 15);
}

static void test_errno_words_are_those_of_glibc(void **state)
{
	(void)state;
	char buf[ERRNO_TEXT_MAX];
	int known = 0;

	for (int error = 1; error < 134; error++) {
		const char *words = errno_text(error, buf);
		if (words == buf)
			continue; /* it has no text of its own */
		known++;
		assert_string_equal(words, strerror(error));
	}
	assert_int_equal(known, 26);
	assert_string_equal(errno_text(999, buf), "Unknown error 999");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words_are_those_of_glibc),
		cmocka_unit_test(test_short_names),
		cmocka_unit_test(test_exact_names),
		cmocka_unit_test(test_names_as_people_write_them),
		cmocka_unit_test(test_errno_words_are_those_of_glibc),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
