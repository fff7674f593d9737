/* The command line and the plans made from it. */
#include "aptwrap/plan.h"
#include "aptwrap/request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct request request;
static const char *about;

/* Splits at blanks; argv[0] first. */
static const char *parse(const char *line)
{
	struct list argv = {0};
	char *copy = strdup(line), *save = NULL;

	for (char *word = strtok_r(copy, " ", &save); word; word = strtok_r(NULL, " ", &save))
		list_add(&argv, word);
	free(copy);
	return request_parse(&request, (int)argv.count, argv.items, &about);
}

static void assert_plan(const char *line, const char *expected)
{
	struct list argv = {0}, none = {0};

	assert_null(parse(line));
	if (request.verb == VERB_PURGE)
		plan_purge(&argv, &request, &none, &none, &none);
	else
		plan_install(&argv, &request, &none);
	char *text = plan_line(&argv);
	text[strlen(text) - 1] = '\0';
	assert_string_equal(text, expected);
}

static void assert_wrong(const char *line, const char *expected)
{
	const char *wrong = parse(line);

	assert_non_null(wrong);
	assert_string_equal(wrong, expected);
}

static void test_names(void **state)
{
	(void)state;
	static const struct {
		const char *line;
		enum verb verb;
	} cases[] = {
		{"apt-get-install x", VERB_INSTALL},         {"/usr/bin/apt-get-install.sh x", VERB_INSTALL},
		{"install_packages", VERB_INSTALL},          {"apt-get-purge x", VERB_PURGE},
		{"apt-get-purge.sh x", VERB_PURGE},          {"praekelt-aptwrap install x", VERB_INSTALL},
		{"praekelt-aptwrap purge x", VERB_PURGE},    {"praekelt-aptwrap clean", VERB_CLEAN},
		{"any-other-name list", VERB_LIST},          {"praekelt-aptwrap --help", VERB_HELP},
		{"apt-get-install --version", VERB_VERSION}, {"apt-get-install x --help", VERB_HELP},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_null(parse(cases[i].line));
		assert_int_equal(request.verb, cases[i].verb);
	}
}

static void test_passed_on(void **state)
{
	(void)state;
	assert_plan("apt-get-install curl", "apt-get install -q -y --no-install-recommends curl");
	assert_plan("apt-get-install -t sid a=1 -o A=B b/sid c- d+ --allow-downgrades ./f.deb",
		    "apt-get install -q -y --no-install-recommends -t sid a=1 -o A=B b/sid c- d+ "
		    "--allow-downgrades "
		    "./f.deb");
	assert_plan("apt-get-install --recommends --virtual .b -v a --retries=2 b",
		    "apt-get install -q -y --install-recommends a b");
	assert_plan("apt-get-install a -- --trace -x",
		    "apt-get install -q -y --no-install-recommends a -- --trace -x");
	assert_plan("apt-get-purge --keep-linked /usr/local a", "apt-get purge -q -y --auto-remove a");
	/* The value of an option of apt's is no package. */
	assert_wrong("apt-get-install -t sid", "no packages to install");
}

static void test_own_options(void **state)
{
	(void)state;
	assert_null(parse("apt-get-install --file a --file=b - --retries 0 --timeout 7 --lock-timeout=8 "
			  "--logs -q --trace x"));
	assert_int_equal(request.files.count, 3);
	assert_string_equal(request.files.items[2], "-");
	assert_int_equal(request.retries, 0);
	assert_int_equal(request.stall_timeout_s, 7);
	assert_int_equal(request.lock_timeout_s, 8);
	assert_true(request.logs && request.quiet && request.trace && !request.verbose);
	assert_null(parse("apt-get-install --runtime-deps /opt"));
	assert_int_equal(request.runtime_dirs.count, 1);
	assert_int_equal(request.name_count, 0);
	assert_null(parse("apt-get-install --runtime-deps curl"));
	assert_int_equal(request.runtime_dirs.count, 0);
	assert_int_equal(request.name_count, 1);
	assert_null(parse("apt-get-install --snapshot 20260131 x"));
	assert_true(parse("apt-get-install -s x") == NULL && request.simulate);
}

static void test_wrong(void **state)
{
	(void)state;
	assert_wrong("praekelt-aptwrap", "no verb: install, purge, clean or list");
	assert_wrong("praekelt-aptwrap upgrade", "unknown verb");
	assert_string_equal(about, "upgrade");
	assert_wrong("apt-get-install", "no packages to install");
	assert_wrong("apt-get-purge -y", "no packages to purge");
	assert_wrong("apt-get-install --file", "a value is missing after");
	assert_wrong("apt-get-install --file= x", "an empty value for an option");
	assert_wrong("apt-get-install --logs=1 x", "no value belongs to");
	assert_wrong("apt-get-install --retries 1x x", "not a number:");
	assert_wrong("apt-get-install --retries 99999999999999999999 x", "number too large:");
	assert_wrong("apt-get-install --virtual A x", "not a group's name:");
	assert_wrong("apt-get-install --virtual .. x", "not a group's name:");
	assert_wrong("apt-get-install --snapshot 2026 x", "not a moment such as 20260131T000000Z:");
	assert_wrong("apt-get-install --snapshot 20260131T000000Zx x",
		     "not a moment such as 20260131T000000Z:");
	assert_wrong("apt-get-purge --virtual a x", "only install knows");
	assert_wrong("apt-get-install --keep-linked /a x", "only purge knows");
	assert_wrong("praekelt-aptwrap clean x", "nothing belongs to this verb:");
}

static void test_purge_plan(void **state)
{
	(void)state;
	struct list argv = {0}, names = {0}, groups = {0}, kept = {0};

	assert_null(parse("apt-get-purge .build libpq5 -o A=B gcc"));
	list_add(&names, "-odd");
	list_add(&groups, ".build");
	list_add(&kept, "libpq5");
	plan_purge(&argv, &request, &names, &groups, &kept);
	assert_string_equal(plan_line(&argv), "apt-get purge -q -y --auto-remove -o A=B gcc -- -odd\n");
	argv = (struct list){0};
	assert_null(parse("apt-get-purge .build"));
	plan_purge(&argv, &request, &(struct list){0}, &groups, &kept);
	assert_string_equal(plan_line(&argv), "apt-get autoremove -q -y --purge\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),       cmocka_unit_test(test_passed_on),
		cmocka_unit_test(test_own_options), cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_purge_plan),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
