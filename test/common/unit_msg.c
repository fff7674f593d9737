/* msg.c: formatting, hostile bytes, and one write a message. */
#include "common/msg.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#define assert_formats(expected, ...)                                                                        \
	do {                                                                                                 \
		char buf_[256];                                                                              \
		size_t len_ = msg_format(buf_, sizeof(buf_), __VA_ARGS__);                                   \
		assert_string_equal(buf_, expected);                                                         \
		assert_int_equal(len_, strlen(expected));                                                    \
	} while (0)

static void test_formats(void **state)
{
	(void)state;
	const char *volatile none = NULL; /* volatile: gcc would warn of what is tested here */

	assert_formats("plain", "plain");
	assert_formats("a 'b' c", "a '%s' c", "b");
	assert_formats("(null)", "%s", none);
	assert_formats("-2147483648 0 7", "%d %d %i", INT_MIN, 0, 7);
	assert_formats("4294967295", "%u", UINT_MAX);
	bool wide = sizeof(long) == 8;
	assert_formats(wide ? "-9223372036854775808" : "-2147483648", "%ld", LONG_MIN);
	assert_formats(wide ? "18446744073709551615 5" : "4294967295 5", "%lu %zu", ULONG_MAX, (size_t)5);
	assert_formats("100% x", "100%% %c", 'x');
}

static void test_control_characters_are_replaced(void **state)
{
	(void)state;
	assert_formats("a?b?c?[31m?", "%s", "a\nb\rc\033[31m\177");
	assert_formats("h\xc3\xa9\n", "%s\n", "h\xc3\xa9");
}

static void test_cut_to_size(void **state)
{
	(void)state;
	char buf[6] = "xxxxx";

	assert_int_equal(msg_format(buf, 4, "%s", "abcdef"), 3);
	assert_memory_equal(buf, "abc\0x", 6);
	assert_int_equal(msg_format(buf, 1, "abc"), 0);
	assert_string_equal(buf, "");
}

/* A packet pipe (O_DIRECT, pipe(2)) shows each write as a packet of its own. */
static void test_one_write_a_message(void **state)
{
	(void)state;
	char packet[2 * MSG_MAX];
	static char huge[2 * MSG_MAX];
	int fds[2], saved = dup(STDERR_FILENO);

	memset(huge, 'x', sizeof(huge) - 1);
	assert_int_equal(pipe2(fds, O_DIRECT), 0);
	dup2(fds[1], STDERR_FILENO);
	msg_set_prefix("name: ");
	msg_warn("first %d", 1);
	msg_warn("second %s", "word");
	errno = ENOENT;
	msg_warn_errno("open '%s'", "file");
	assert_int_equal(errno, ENOENT);
	msg_warn("%s", huge);
	dup2(saved, STDERR_FILENO);
	close(saved);

	ssize_t n = read(fds[0], packet, sizeof(packet));
	assert_int_equal(n, 14);
	assert_memory_equal(packet, "name: first 1\n", 14);
	n = read(fds[0], packet, sizeof(packet));
	assert_memory_equal(packet, "name: second word\n", (size_t)n);
	n = read(fds[0], packet, sizeof(packet));
	assert_memory_equal(packet, "name: open 'file': No such file or directory\n", (size_t)n);
	n = read(fds[0], packet, sizeof(packet));
	assert_true(n > MSG_MAX - 8 && n <= MSG_MAX);
	assert_int_equal(packet[n - 1], '\n');
	close(fds[0]);
	close(fds[1]);
}

static void test_print_says_when_it_failed(void **state)
{
	(void)state;
	int full = open("/dev/full", O_WRONLY);

	assert_true(full >= 0);
	assert_int_equal(msg_print(full, "text"), -1);
	assert_int_equal(errno, ENOSPC);
	close(full);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_formats),
		cmocka_unit_test(test_control_characters_are_replaced),
		cmocka_unit_test(test_cut_to_size),
		cmocka_unit_test(test_one_write_a_message),
		cmocka_unit_test(test_print_says_when_it_failed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
