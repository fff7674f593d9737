/* options.c, dialect.c and the capability names: what a command line means. */
#include "suexec/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "suexec/caps.h"

struct row {
	const char *argv[12];
	enum options_result result;
	const char *spec;    /* OPTIONS_RUN */
	const char *command; /* its first word */
};

static enum options_result parse(const char *const *argv, struct request *request, struct error *why)
{
	union {
		const char *const *from;
		char *const *to;
	} words = {.from = argv};

	why->text[0] = '\0';
	return options_parse(dialect_of(argv[0]), words.to, request, why);
}

static void check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct request request;
		struct error why;
		enum options_result result = parse(rows[i].argv, &request, &why);
		if (result != rows[i].result)
			fail_msg("row %zu: result %d, '%s'", i, (int)result, why.text);
		assert_int_equal(result == OPTIONS_WRONG, why.text[0] != '\0');
		if (result != OPTIONS_RUN)
			continue;
		if (rows[i].spec)
			assert_string_equal(request.wanted.spec, rows[i].spec);
		else
			assert_null(request.wanted.spec);
		assert_string_equal(request.command[0], rows[i].command);
	}
}

#define CHECK(rows) check_rows(rows, sizeof(rows) / sizeof((rows)[0]))

static void test_names(void **state)
{
	(void)state;
	assert_string_equal(dialect_of("gosu")->name, "gosu");
	assert_string_equal(dialect_of("/usr/sbin/gosu")->name, "gosu");
	assert_string_equal(dialect_of("./su-exec")->name, "su-exec");
	assert_null(dialect_of("praekelt-suexec")->name);
	assert_null(dialect_of("gosu/")->name);
	assert_null(dialect_of("gosu2")->name);
	assert_null(dialect_of("")->name);
	assert_null(dialect_of(NULL)->name);
}

static void test_compat(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{{"gosu"}, OPTIONS_INCOMPLETE, NULL, NULL},
		{{"gosu", "u"}, OPTIONS_INCOMPLETE, NULL, NULL},
		{{"gosu", "u", "c"}, OPTIONS_RUN, "u", "c"},
		{{"gosu", "", "c"}, OPTIONS_RUN, "", "c"},
		{{"gosu", ":", "c"}, OPTIONS_RUN, ":", "c"},
		{{"su-exec", "", "c"}, OPTIONS_RUN, "", "c"},
		{{"gosu", "u", "--help"}, OPTIONS_RUN, "u", "--help"},
		{{"gosu", "-n", "c"}, OPTIONS_RUN, "-n", "c"},
		{{"gosu", "--", "c"}, OPTIONS_RUN, "--", "c"},
		{{"gosu", "-V", "c"}, OPTIONS_RUN, "-V", "c"},
		{{"gosu", "--help"}, OPTIONS_HELP, NULL, NULL},
		{{"gosu", "--help", "x"}, OPTIONS_HELP, NULL, NULL},
		{{"gosu", "-h"}, OPTIONS_HELP, NULL, NULL},
		{{"gosu", "-?"}, OPTIONS_HELP, NULL, NULL},
		{{"gosu", "--version"}, OPTIONS_VERSION, NULL, NULL},
		{{"gosu", "-v", "x", "y"}, OPTIONS_VERSION, NULL, NULL},
		{{"su-exec"}, OPTIONS_INCOMPLETE, NULL, NULL},
		{{"su-exec", "--help"}, OPTIONS_INCOMPLETE, NULL, NULL},
		{{"su-exec", "--help", "c"}, OPTIONS_RUN, "--help", "c"},
		{{"su-exec", "-v", "c"}, OPTIONS_RUN, "-v", "c"},
		{{NULL}, OPTIONS_INCOMPLETE, NULL, NULL},
	};
	CHECK(rows);
}

static void test_native(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{{"x"}, OPTIONS_INCOMPLETE, NULL, NULL},
		{{"x", "u"}, OPTIONS_INCOMPLETE, NULL, NULL},
		{{"x", "-n", "u"}, OPTIONS_INCOMPLETE, NULL, NULL},
		{{"x", "-o", "p"}, OPTIONS_INCOMPLETE, NULL, NULL},
		{{"x", "u", "c"}, OPTIONS_RUN, "u", "c"},
		{{"x", "u", "-n"}, OPTIONS_RUN, "u", "-n"},
		{{"x", "-", "c"}, OPTIONS_RUN, "-", "c"},
		{{"x", "--", "u", "c"}, OPTIONS_RUN, "u", "c"},
		{{"x", "--", "-n", "c"}, OPTIONS_RUN, "-n", "c"},
		{{"x", "-n", "--", "u", "--"}, OPTIONS_RUN, "u", "--"},
		{{"x", "-o", "p", "c"}, OPTIONS_RUN, NULL, "c"},
		{{"x", "-nbes", "u", "c"}, OPTIONS_RUN, "u", "c"},
		{{"x", "-nC/", "u", "c"}, OPTIONS_RUN, "u", "c"},
		{{"x", "-C", "", "u", "c"}, OPTIONS_RUN, "u", "c"},
		{{"x", "-C", "-n", "u", "c"}, OPTIONS_RUN, "u", "c"},
		{{"x", "--chdir=", "u", "c"}, OPTIONS_RUN, "u", "c"},
		{{"x", "--chdir", "--", "u", "c"}, OPTIONS_RUN, "u", "c"},
		{{"x", "--no-n", "u", "c"}, OPTIONS_RUN, "u", "c"},
		{{"x", "--no-root", "--no-r", "u", "c"}, OPTIONS_RUN, "u", "c"},
		{{"x", "--allow-root", "-op", "c"}, OPTIONS_RUN, NULL, "c"},
		{{"x", "-C/", "-C/", "u", "c"}, OPTIONS_RUN, "u", "c"},
		{{"x", "-kkill", "-kcap_kill", "u", "c"}, OPTIONS_RUN, "u", "c"},
		{{"x", "-h"}, OPTIONS_HELP, NULL, NULL},
		{{"x", "-?"}, OPTIONS_HELP, NULL, NULL},
		{{"x", "--help", "--what"}, OPTIONS_HELP, NULL, NULL},
		{{"x", "--h"}, OPTIONS_HELP, NULL, NULL},
		{{"x", "-nh", "u", "c"}, OPTIONS_HELP, NULL, NULL},
		{{"x", "-v"}, OPTIONS_VERSION, NULL, NULL},
		{{"x", "-V"}, OPTIONS_VERSION, NULL, NULL},
		{{"x", "--version"}, OPTIONS_VERSION, NULL, NULL},
		{{"x", "--ver"}, OPTIONS_VERSION, NULL, NULL},
		{{"x", ":g", "c"}, OPTIONS_RUN, ":g", "c"},
		{{"x", "", "c"}, OPTIONS_WRONG, NULL, NULL},
		{{"x", ":", "c"}, OPTIONS_WRONG, NULL, NULL},
		{{"x", "-n", "--", "", "c"}, OPTIONS_WRONG, NULL, NULL},
		{{"x", "-o", "", "c"}, OPTIONS_WRONG, NULL, NULL},
		{{"x", "--owner-of=", "c"}, OPTIONS_WRONG, NULL, NULL},
		{{"x", ""}, OPTIONS_INCOMPLETE, NULL, NULL},
		{{"x", "-z", "u", "c"}, OPTIONS_WRONG, NULL, NULL},
		{{"x", "-\1", "u", "c"}, OPTIONS_WRONG, NULL, NULL},
		{{"x", "-nz", "u", "c"}, OPTIONS_WRONG, NULL, NULL},
		{{"x", "--what", "u", "c"}, OPTIONS_WRONG, NULL, NULL},
		{{"x", "--no", "u", "c"}, OPTIONS_WRONG, NULL, NULL},
		{{"x", "--no-", "u", "c"}, OPTIONS_WRONG, NULL, NULL},
		{{"x", "--=", "u", "c"}, OPTIONS_WRONG, NULL, NULL},
		{{"x", "--setsid=1", "u", "c"}, OPTIONS_WRONG, NULL, NULL},
		{{"x", "--setsid=", "u", "c"}, OPTIONS_WRONG, NULL, NULL},
		{{"x", "--help=1"}, OPTIONS_WRONG, NULL, NULL},
		{{"x", "-C"}, OPTIONS_WRONG, NULL, NULL},
		{{"x", "--chdir"}, OPTIONS_WRONG, NULL, NULL},
		{{"x", "-C/", "-C/tmp", "u", "c"}, OPTIONS_WRONG, NULL, NULL},
		{{"x", "-oa", "-ob", "c"}, OPTIONS_WRONG, NULL, NULL},
		{{"x", "-kkill", "-kchown", "u", "c"}, OPTIONS_WRONG, NULL, NULL},
		{{"x", "-k", "", "u", "c"}, OPTIONS_WRONG, NULL, NULL},
		{{"x", "--allow-root", "u", "c"}, OPTIONS_WRONG, NULL, NULL},
		{{"x", "--allow-root", "-R", "-op", "c"}, OPTIONS_WRONG, NULL, NULL},
	};
	CHECK(rows);
}

static void test_what_options_say(void **state)
{
	(void)state;
	struct request r;
	struct error why;

	assert_int_equal(parse((const char *const[]){"x", "u", "c", "d", NULL}, &r, &why), OPTIONS_RUN);
	assert_false(r.no_new_privs || r.login_env || r.new_session || r.caps.kept || r.caps.limit_bounding ||
		     r.wanted.no_root || r.wanted.allow_root_owner || r.wanted.add_count || r.chdir);
	assert_string_equal(r.command[1], "d");
	assert_null(r.command[2]);

	assert_int_equal(parse((const char *const[]){"x", "-nbeRsC/tmp", "-ga", "-g", "b", "-k",
						     "kill,net_raw", "u", "c", NULL},
			       &r, &why),
			 OPTIONS_RUN);
	assert_true(r.no_new_privs && r.login_env && r.new_session && r.caps.limit_bounding &&
		    r.wanted.no_root);
	assert_false(r.wanted.allow_root_owner);
	assert_string_equal(r.chdir, "/tmp");
	assert_int_equal(r.wanted.add_count, 2);
	assert_string_equal(r.wanted.add_groups[0], "a");
	assert_string_equal(r.wanted.add_groups[1], "b");
	assert_int_equal(r.caps.kept, 1 << 5 | 1 << 13);

	assert_int_equal(
		parse((const char *const[]){"x", "--owner-of=/p", "--allow-root", "c", NULL}, &r, &why),
		OPTIONS_RUN);
	assert_true(r.wanted.allow_root_owner);
	assert_string_equal(r.wanted.owner_of, "/p");
	assert_string_equal(r.command[0], "c");
}

static void test_many_groups(void **state)
{
	(void)state;
	const char *argv[ADD_GROUPS_MAX + 5] = {"x"};
	struct request request;
	struct error why;
	size_t n = 1;

	while (n <= ADD_GROUPS_MAX)
		argv[n++] = "-gstaff";
	argv[n++] = "u";
	argv[n++] = "c";
	assert_int_equal(parse(argv, &request, &why), OPTIONS_RUN);
	assert_int_equal(request.wanted.add_count, ADD_GROUPS_MAX);
	argv[n - 2] = "-gstaff";
	argv[n - 1] = "u";
	argv[n++] = "c";
	assert_int_equal(parse(argv, &request, &why), OPTIONS_WRONG);
}

static void test_capability_names(void **state)
{
	(void)state;
	uint64_t mask;
	struct error why;

	assert_true(caps_parse("chown", &mask, &why));
	assert_int_equal(mask, 1);
	assert_true(caps_parse("CAP_NET_BIND_SERVICE,sys_nice,Cap_Bpf", &mask, &why));
	assert_int_equal(mask, UINT64_C(1) << 10 | UINT64_C(1) << 23 | UINT64_C(1) << 39);
	assert_true(caps_parse("checkpoint_restore,checkpoint_restore", &mask, &why));
	assert_int_equal(mask, UINT64_C(1) << 40);
	assert_string_equal(caps_name(mask), "checkpoint_restore");
	assert_string_equal(caps_name(UINT64_C(1) << 41), "unknown");
	static const char *const wrong[] = {"",
					    ",",
					    "chown,",
					    ",chown",
					    "chown,,kill",
					    "cap_",
					    "all",
					    "none",
					    "chow",
					    "chownx",
					    " chown",
					    "chown kill",
					    "0",
					    "10",
					    "cap_cap_kill",
					    "net_bind_service;kill",
					    "CAP_NET_BIND_SERVIC"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		if (caps_parse(wrong[i], &mask, &why))
			fail_msg("'%s' accepted", wrong[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),       cmocka_unit_test(test_compat),
		cmocka_unit_test(test_native),      cmocka_unit_test(test_what_options_say),
		cmocka_unit_test(test_many_groups), cmocka_unit_test(test_capability_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
