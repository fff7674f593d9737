/* praekelt-init: 100,000 orphans as fast as a shell can make them, in each dialect as PID 1; none is left. */
#include "test/support/harness.h"

#include <time.h>

static void flood(const char *name, const char *option)
{
	static struct harness_proc proc;
	struct timespec start, end;
	/* The command ends only when the namespace has no zombie. */
	const char *const argv[] = {
		name,
		option,
		"/bin/sh",
		"-c",
		"i=0; while [ $i -lt 100000 ]; do (: &); i=$((i+1)); done;"
		" while cat /proc/[0-9]*/status 2>/dev/null | grep -q '^State:.Z'; do sleep 0.01; done;"
		" exit 5",
		NULL};

	clock_gettime(CLOCK_MONOTONIC, &start);
	assert_int_equal(harness_run(&proc, &(struct harness_spec){.argv = argv, .pid1 = true}), 5);
	clock_gettime(CLOCK_MONOTONIC, &end);
	print_message("# %s: 100000 orphans, none left, %ld s\n", name, (long)(end.tv_sec - start.tv_sec));
}

static void test_orphans(void **state)
{
	(void)state;
	if (!harness_has_pid_namespaces()) {
		print_message("# SKIP may not make PID namespaces\n");
		skip();
	}
	flood("tini", "--");
	flood("dumb-init", "--");
	flood("dinit", "--");
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_orphans)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
