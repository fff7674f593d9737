/* option_scan.c compared with the C library's getopt_long(3): the same options, values, end and error texts.
 */
#include "common/option_scan.h"

#include <getopt.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#define LETTERS "ab:v?"

/* A name that is a prefix of others is listed before some of them and after others. */
static const struct option_name names[] = {
	{"alpha", 'a'}, {"alphabet", 'A'}, {"beta", 'b'},    {"verbose", 'v'},
	{"verb", 'w'},  {"version", 'V'},  {"no-letter", 1}, {"", 0},
};

static const struct option peer_names[] = {
	{"alpha", 0, NULL, 'a'},   {"alphabet", 0, NULL, 'A'}, {"beta", 1, NULL, 'b'},
	{"verbose", 0, NULL, 'v'}, {"verb", 0, NULL, 'w'},     {"version", 0, NULL, 'V'},
	{"no-letter", 0, NULL, 1}, {NULL, 0, NULL, 0},
};

static char *words[16];

/* "x" and the words of line, which are separated by blanks; '_' is an empty one. Returns how many. */
static int split(const char *line)
{
	static char text[256], program[] = "x";
	int count = 0;

	snprintf(text, sizeof(text), "%s", line);
	words[count++] = program;
	for (char *word = strtok(text, " "); word; word = strtok(NULL, " "))
		words[count++] = strcmp(word, "_") == 0 ? word + 1 : word;
	words[count] = NULL;
	return count;
}

static void append(char *log, size_t size, int letter, const char *value)
{
	const size_t len = strlen(log);

	snprintf(log + len, size - len, "%d %s\n", letter, value ? value : "-");
}

static void log_ours(char *log, size_t size, bool long_options)
{
	struct option_scan scan = {
		.argv = words, .letters = LETTERS, .names = long_options ? names : NULL, .index = 1};
	int letter;

	*log = '\0';
	while ((letter = option_scan_next(&scan)) > 0) {
		append(log, size, letter, scan.value);
		scan.value = NULL;
	}
	if (letter == OPTION_SCAN_ERROR)
		append(log, size, 0, scan.error);
	else
		append(log, size, scan.index, "end");
}

/* What the C library writes to standard error after "x: ", without the newline. */
static void log_peer(char *log, size_t size, int count, bool long_options)
{
	FILE *file = tmpfile();
	const int saved = dup(STDERR_FILENO);
	char complaint[512] = "";
	int letter;

	assert_non_null(file);
	assert_true(saved >= 0 && dup2(fileno(file), STDERR_FILENO) >= 0);
	*log = '\0';
	optind = 0;
	for (;;) {
		optarg = NULL;
		letter = long_options ? getopt_long(count, words, "+" LETTERS, peer_names, NULL)
				      : getopt(count, words, "+" LETTERS);
		/* '?' is also an option here; only an error prints something. */
		fseek(file, 0, SEEK_SET);
		if (letter == -1 || (letter == '?' && fgets(complaint, sizeof(complaint), file)))
			break;
		append(log, size, letter, optarg);
	}
	dup2(saved, STDERR_FILENO);
	close(saved);
	fclose(file);
	complaint[strcspn(complaint, "\n")] = '\0';
	if (*complaint)
		append(log, size, 0, complaint + strlen("x: "));
	else
		append(log, size, optind, "end");
}

static void compare(const char *line)
{
	char ours[1024], peer[1024];

	for (int long_options = 0; long_options < 2; long_options++) {
		int count = split(line);
		log_ours(ours, sizeof(ours), long_options);
		log_peer(peer, sizeof(peer), count, long_options);
		if (strcmp(ours, peer) != 0)
			fail_msg("'%s', long %d: '%s' and '%s'", line, long_options, ours, peer);
	}
}

static void test_as_the_c_library(void **state)
{
	(void)state;
	static const char *const lines[] = {
		"",
		"word -a",
		"-a word -a",
		"-",
		"- -a",
		"_ -a",
		"--",
		"-- -a",
		"-a -- -a",
		"-avb value -a",
		"-avbvalue word",
		"-b",
		"-ab",
		"-b _ word",
		"-b -a word",
		"-b -- word",
		"-b=x",
		"-? -a",
		"-z",
		"-az",
		"-:",
		"-a:",
		"-a-",
		"-V",
		"--alpha",
		"--al --a",
		"--alpha=",
		"--alpha=x",
		"--al=x",
		"--beta value word",
		"--beta=value word",
		"--beta= word",
		"--beta -- word",
		"--b=a=b",
		"--b",
		"--beta",
		"--verb --vers",
		"--verbo --verbose",
		"--ver",
		"--v",
		"--ver=x",
		"--alphab --alphabet",
		"--alphabets",
		"--Alpha",
		"--=",
		"--=x",
		"--zeta",
		"--zeta=x",
		"--no-letter --no",
		"---a",
		"-\1",
		"--verbose -v --verbose -- --verbose",
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		compare(lines[i]);
}

/* Random words, made of the pieces that have a meaning. */
static void test_random_lines(void **state)
{
	(void)state;
	static const char *const pieces[] = {"-",   "--",  "a", "b", "v", "alpha",
					     "bet", "ver", "=", " ", " ", "z"};
	const size_t count = sizeof(pieces) / sizeof(pieces[0]);

	srandom(1);
	for (int i = 0; i < 3000; i++) {
		char line[64] = "";
		size_t len = 0;
		for (long left = random() % 8; left > 0; left--)
			len += (size_t)snprintf(line + len, sizeof(line) - len, "%s",
						pieces[(size_t)random() % count]);
		compare(line);
	}
}

/* An error text that does not fit is cut. */
static void test_long_words(void **state)
{
	(void)state;
	static char word[2000];
	char *argv[] = {word, NULL};

	memset(word, 'w', sizeof(word) - 1);
	memcpy(word, "--v=", 4);
	struct option_scan scan = {.argv = argv, .letters = LETTERS, .names = names};
	assert_int_equal(option_scan_next(&scan), OPTION_SCAN_ERROR);
	assert_int_equal(strlen(scan.error), sizeof(scan.error) - 1);
	assert_memory_equal(scan.error, "option '--v=wwww", 16);
	word[2] = 'w';
	scan = (struct option_scan){.argv = argv, .letters = LETTERS, .names = names};
	assert_int_equal(option_scan_next(&scan), OPTION_SCAN_ERROR);
	assert_memory_equal(scan.error, "unrecognized option '--w=", 25);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_as_the_c_library),
		cmocka_unit_test(test_random_lines),
		cmocka_unit_test(test_long_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
