/* msg.c: formatting, control characters, and one write for each message. */
#include "common/msg.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
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
	const char *volatile none = NULL; /* volatile: otherwise gcc warns of the NULL */

	assert_formats("plain", "plain");
	assert_formats("a 'b' c", "a '%s' c", "b");
	assert_formats("(null)", "%s", none);
	assert_formats("-2147483648 0 7", "%d %d %i", INT_MIN, 0, 7);
	assert_formats("4294967295", "%u", UINT_MAX);
	bool wide = sizeof(long) == 8;
	assert_formats(wide ? "-9223372036854775808" : "-2147483648", "%ld", LONG_MIN);
	assert_formats(wide ? "18446744073709551615 5" : "4294967295 5", "%lu %zu", ULONG_MAX, (size_t)5);
	assert_formats(wide ? "18446744073709551615" : "4294967295", "%zu", SIZE_MAX);
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
	int nowhere = open("/dev/full", O_WRONLY);
	dup2(nowhere, STDERR_FILENO);
	close(nowhere);
	errno = ENOENT;
	msg_warn("lost");
	assert_int_equal(errno, ENOENT);
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

/* What a process with the prefix "name: " prints. */
static void warn(bool with_errno, char *text, size_t size)
{
	int fds[2];

	assert_int_equal(pipe(fds), 0);
	const pid_t pid = fork();
	if (pid == 0) {
		dup2(fds[1], STDERR_FILENO);
		msg_set_prefix("name: ");
		errno = ENOENT;
		if (with_errno)
			msg_warn_errno("open '%s'", "file");
		else
			msg_warn("bad '%s'", "word");
		_exit(0);
	}
	close(fds[1]);
	const ssize_t n = read(fds[0], text, size - 1);
	text[n > 0 ? n : 0] = '\0';
	close(fds[0]);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void test_warn(void **state)
{
	(void)state;
	char text[128];

	warn(false, text, sizeof(text));
	assert_string_equal(text, "name: bad 'word'\n");
	warn(true, text, sizeof(text));
	assert_string_equal(text, "name: open 'file': No such file or directory\n");
}

static void interrupt(int signal)
{
	(void)signal;
}

/* The pipe is full when a signal interrupts the write, which has written a part by then. */
static void test_print_goes_on_after_a_part(void **state)
{
	(void)state;
	static char text[200000], got[sizeof(text)];
	const struct sigaction action = {.sa_handler = interrupt}; /* without SA_RESTART */
	int fds[2], full, status;
	size_t len = 0;
	ssize_t n;

	for (size_t i = 0; i < sizeof(text) - 1; i++)
		text[i] = (char)('a' + i % 23);
	assert_int_equal(pipe(fds), 0);
	pid_t writer = fork();
	if (writer == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		close(fds[0]);
		sigaction(SIGUSR1, &action, NULL);
		_exit(msg_print(fds[1], text) == 0 ? 0 : 1);
	}
	close(fds[1]);
	const int size = fcntl(fds[0], F_GETPIPE_SZ);
	while (ioctl(fds[0], FIONREAD, &full) == 0 && full < size)
		usleep(1000);
	kill(writer, SIGUSR1);
	while ((n = read(fds[0], got + len, sizeof(got) - len)) > 0)
		len += (size_t)n;
	close(fds[0]);
	assert_int_equal(len, sizeof(text) - 1);
	assert_string_equal(got, text);
	assert_int_equal(waitpid(writer, &status, 0), writer);
	assert_int_equal(status, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_formats),
		cmocka_unit_test(test_control_characters_are_replaced),
		cmocka_unit_test(test_cut_to_size),
		cmocka_unit_test(test_one_write_a_message),
		cmocka_unit_test(test_print_says_when_it_failed),
		cmocka_unit_test(test_warn),
		cmocka_unit_test(test_print_goes_on_after_a_part),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
