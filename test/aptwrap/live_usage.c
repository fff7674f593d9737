/* Errors in the command line, --help, --version and --dry-run. apt-get is not run. */
#include "test/support/harness.h"

#include <string.h>
#include <unistd.h>

static struct harness_proc proc;

static void assert_says(int status, const char *out, const char *err)
{
	assert_int_equal(status == 0 ? 0 : 125, status);
	if (!strstr(proc.out_text, out))
		fail_msg("not in '%s': %s", proc.out_text, out);
	assert_string_equal(proc.err_text, err);
}

static void test_bad_input(void **state)
{
	(void)state;
	assert_int_equal(HARNESS_RUN(&proc, "praekelt-aptwrap"), 125);
	assert_string_equal(proc.err_text,
			    "praekelt-aptwrap: no verb: install, purge, clean or list (see praekelt-aptwrap "
			    "--help)\n");
	assert_int_equal(HARNESS_RUN(&proc, "apt-get-install"), 125);
	assert_string_equal(proc.err_text,
			    "apt-get-install: no packages to install (see apt-get-install --help)\n");
	assert_int_equal(HARNESS_RUN(&proc, "apt-get-purge.sh", "--retries", "-1", "x"), 125);
	assert_string_equal(proc.err_text,
			    "apt-get-purge.sh: not a number, or too large: '-1' (see apt-get-purge.sh "
			    "--help)\n");
	assert_int_equal(HARNESS_RUN(&proc, "apt-get-install", "--virtual", "a\nb", "x"), 125);
	assert_string_equal(
		proc.err_text,
		"apt-get-install: not a valid name of a group: 'a?b' (see apt-get-install --help)\n");
	assert_int_equal(HARNESS_RUN(&proc, "apt-get-install", "--file", "/nonexistent/list"), 125);
	assert_string_equal(proc.err_text,
			    "apt-get-install: cannot read the package list '/nonexistent/list': No such "
			    "file or directory\n");
}

static void test_about_itself(void **state)
{
	(void)state;
	assert_says(HARNESS_RUN(&proc, "apt-get-install", "--help"), "--virtual", "");
	assert_null(strstr(proc.out_text, "--keep-linked"));
	assert_says(HARNESS_RUN(&proc, "apt-get-purge", "--help"), "--keep-linked", "");
	assert_null(strstr(proc.out_text, "--runtime-deps"));
	assert_says(HARNESS_RUN(&proc, "praekelt-aptwrap", "--help"), "--runtime-deps", "");
	assert_says(HARNESS_RUN(&proc, "praekelt-aptwrap", "--version"), "praekelt-aptwrap " VERSION "\n",
		    "");
	assert_says(HARNESS_RUN(&proc, "praekelt-aptwrap", "-V"), "praekelt-aptwrap " VERSION "\n", "");
}

static void close_stdout(void *arg)
{
	(void)arg;
	close(STDOUT_FILENO);
}

static void test_closed_output(void **state)
{
	(void)state;
	const char *const argv[] = {"praekelt-aptwrap", "--help", NULL};
	struct harness_spec spec = {.argv = argv, .before_exec = close_stdout};

	assert_int_equal(harness_run(&proc, &spec), 125);
	assert_string_equal(proc.err_text,
			    "praekelt-aptwrap: cannot write to standard output: Bad file descriptor\n");
}

static void test_nothing_wanted(void **state)
{
	(void)state;
	static const char *const names[] = {"install_packages", "apt-get-purge", "apt-get-purge.sh"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_says(HARNESS_RUN(&proc, names[i]), "", "");
		assert_string_equal(proc.out_text, "");
	}
}

static void test_dry_run(void **state)
{
	(void)state;
	assert_says(HARNESS_RUN(&proc, "apt-get-install", "--dry-run", "-t", "sid", "a b"),
		    "\napt-get install -y -t sid -- 'a b'\n", "");
	assert_non_null(strstr(proc.out_text, "\napt-get update "));
	assert_non_null(strstr(proc.out_text, "\nAPT::Install-Recommends \"false\";\n"));
	/* No file in that directory is an ELF file. */
	assert_says(HARNESS_RUN(&proc, "apt-get-purge", "--dry-run", "--keep-linked", "/etc/apt", "gcc"),
		    "\napt-get purge -y --auto-remove -oAPT::Default-Release=now -- gcc\n", "");
	assert_int_equal(HARNESS_RUN(&proc, "apt-get-purge", "--dry-run", ".absent"), 125);
	assert_string_equal(proc.err_text, "apt-get-purge: there is no group '.absent'\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_bad_input, harness_alarm),
		cmocka_unit_test_setup(test_about_itself, harness_alarm),
		cmocka_unit_test_setup(test_closed_output, harness_alarm),
		cmocka_unit_test_setup(test_nothing_wanted, harness_alarm),
		cmocka_unit_test_setup(test_dry_run, harness_alarm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
