/* environment.c: one entry of each name that is set, everything else untouched and in order. */
#include "suexec/environment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#define ROOM 4

struct row {
	const char *from[12];
	struct setting set[ROOM];
	const char *to[12];
};

static void test_rows(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{{NULL}, {{"HOME", {"/h", 2}}}, {"HOME=/h", NULL}},
		{{"HOME=/x", NULL}, {{"HOME", {"/h", 2}}}, {"HOME=/h", NULL}},
		{{"A=1", "B=2", NULL}, {{"HOME", {"/h", 2}}}, {"A=1", "B=2", "HOME=/h", NULL}},
		{{"A=1", "HOME=/x", "B=2", "HOME=/y", "A=3", "HOME", "HOMER=1", "HOME=", "xHOME=2", "", "=",
		  NULL},
		 {{"HOME", {"/h", 2}}},
		 {"A=1", "HOME=/h", "B=2", "A=3", "HOME", "HOMER=1", "xHOME=2", "", "=", NULL}},
		{{"SHELL=s", "HOME=/x", NULL},
		 {{"HOME", {"/h", 2}}, {"USER", {"alice", 3}}, {"SHELL", {"", 0}}},
		 {"SHELL=", "HOME=/h", "USER=ali", NULL}},
		{{"USER=a", "USER=b", "USER=c", NULL},
		 {{"HOME", {"/", 1}}, {"USER", {"u", 1}}},
		 {"USER=u", "HOME=/", NULL}},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *from[12];
		size_t count = 0;
		for (size_t k = 0; k < 12; k++)
			from[k] = rows[i].from[k] ? strdup(rows[i].from[k]) : NULL;
		while (count < ROOM && rows[i].set[count].name)
			count++;
		/* Exactly as large as it says: a sanitizer would see a byte more. */
		void *room = malloc(environment_size(from, rows[i].set, count));
		char **to = environment_build(from, rows[i].set, count, room);
		for (size_t k = 0; to[k] || rows[i].to[k]; k++) {
			assert_non_null(to[k]);
			assert_non_null(rows[i].to[k]);
			assert_string_equal(to[k], rows[i].to[k]);
		}
		free(room);
		for (size_t k = 0; k < 12; k++)
			free(from[k]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
