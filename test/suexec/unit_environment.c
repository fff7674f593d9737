/* environment.c: one entry of the name that is set, everything else untouched and in order. */
#include "suexec/environment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

struct row {
	const char *from[12];
	const char *entry;
	const char *to[12];
};

static void test_rows(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{{NULL}, "HOME=/h", {"HOME=/h", NULL}},
		{{"HOME=/x", NULL}, "HOME=/h", {"HOME=/h", NULL}},
		{{"A=1", "B=2", NULL}, "HOME=/h", {"A=1", "B=2", "HOME=/h", NULL}},
		{{"A=1", "HOME=/x", "B=2", "HOME=/y", "A=3", "HOME", "HOMER=1", "HOME=", "xHOME=2", "", "=",
		  NULL},
		 "HOME=/h",
		 {"A=1", "HOME=/h", "B=2", "A=3", "HOME", "HOMER=1", "xHOME=2", "", "=", NULL}},
		{{"SHELL=s", "HOME=/x", NULL}, "SHELL=", {"SHELL=", "HOME=/x", NULL}},
		{{"USER=a", "USER=b", "USER=c", NULL}, "USER=u", {"USER=u", NULL}},
		{{"A=1", NULL}, "USER=a=b", {"A=1", "USER=a=b", NULL}},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *row = &rows[i];
		size_t count = 0;
		while (row->from[count])
			count++;
		/* The array has room for exactly one more entry, so that a sanitizer notices another. */
		char **env = calloc(count + 2, sizeof(*env));
		char *entry = strdup(row->entry);
		for (size_t k = 0; k < count; k++)
			env[k] = strdup(row->from[k]);
		char **all = calloc(count + 1, sizeof(*all));
		memcpy(all, env, count * sizeof(*all));
		environment_set(env, entry);
		for (size_t k = 0; env[k] || row->to[k]; k++) {
			assert_non_null(env[k]);
			assert_non_null(row->to[k]);
			assert_string_equal(env[k], row->to[k]);
		}
		for (size_t k = 0; k < count; k++)
			free(all[k]);
		free(all);
		free(entry);
		free(env);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
