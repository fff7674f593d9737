/* path_search.c: the candidates for a name, in order. */
#include "common/path_search.h"

#include <errno.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

/* expected: the candidates, each with a ' ' behind it. */
static void check(const char *path, const char *name, const char *expected)
{
	struct path_search search = {.path = path, .name = name};

	while (path_search_next(&search)) {
		const size_t len = strlen(search.file);
		if (strncmp(expected, search.file, len) != 0 || expected[len] != ' ')
			fail_msg("PATH '%s': '%s', not '%s'", path, search.file, expected);
		expected += len + 1;
	}
	assert_string_equal(expected, "");
	/* After the end the search stays at its end. */
	assert_false(path_search_next(&search));
}

static void test_candidates(void **state)
{
	(void)state;
	check("/bin", "ls", "/bin/ls ");
	check("/usr/local/bin:/bin:/usr/bin", "ls", "/usr/local/bin/ls /bin/ls /usr/bin/ls ");
	check("/bin/:bin:.", "ls", "/bin//ls bin/ls ./ls ");
	check("/", "ls", "//ls ");
	check("", "ls", "ls ");
	check(":", "ls", "ls ls ");
	check(":/bin", "ls", "ls /bin/ls ");
	check("/bin:", "ls", "/bin/ls ls ");
	check("/a::/b", "ls", "/a/ls ls /b/ls ");
	check("/bin", "", "/bin/ ");
}

/* No file can be in a directory with such a long name, so the search skips it. */
static void test_long_elements(void **state)
{
	(void)state;
	static char path[3 * PATH_MAX], expected[4 * PATH_MAX], name[NAME_MAX + 1];

	memset(path, 'x', PATH_MAX);
	memcpy(path + PATH_MAX, ":/bin", sizeof(":/bin"));
	check(path, "ls", "/bin/ls ");
	memmove(path + 6, path, PATH_MAX);
	memcpy(path, "/bin::", 6);
	path[PATH_MAX + 6] = '\0';
	check(path, "ls", "/bin/ls ls ");
	/* A name that is one byte shorter is tried. */
	memset(path, 'x', PATH_MAX - 1);
	path[PATH_MAX - 1] = '\0';
	memset(name, 'n', NAME_MAX);
	snprintf(expected, sizeof(expected), "%s/%s ", path, name);
	check(path, name, expected);
}

/* The errors after which the C library's execvp() searches on, except EACCES. */
static void test_errors(void **state)
{
	(void)state;
	static const int absent[] = {ENOENT, ENOTDIR, ESTALE, ENODEV, ETIMEDOUT};
	int count = 0;

	for (size_t i = 0; i < sizeof(absent) / sizeof(absent[0]); i++)
		assert_true(path_search_absent(absent[i]));
	for (int error = 0; error < 200; error++)
		count += path_search_absent(error);
	assert_int_equal(count, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_candidates),
		cmocka_unit_test(test_long_elements),
		cmocka_unit_test(test_errors),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
