/* options.c, apt_conf.c and commands.c: the command line, apt's configuration, and the commands. */
#include "aptwrap/plan/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* Splits the line at blanks and parses it; "''" is an empty argument. Returns the error, or NULL. */
static const char *parse(struct options *options, const char *line)
{
	static char words[20][200], *argv[21];
	const char *about;
	int argc = 0;
	char *copy = strdup(line), *rest = copy, *word;

	while ((word = strtok_r(rest, " ", &rest))) {
		snprintf(words[argc], sizeof(words[argc]), "%s", strcmp(word, "''") == 0 ? "" : word);
		argv[argc] = words[argc];
		argc++;
	}
	argv[argc] = NULL;
	free(copy);
	return options_parse(options, argc, argv, &about);
}

static void assert_wrong(const char *line, const char *expected)
{
	struct options options;
	const char *wrong = parse(&options, line);

	if (!wrong || !strstr(wrong, expected))
		fail_msg("%s: %s", line, wrong ? wrong : "accepted");
}

static void assert_command(const char *line, const char *expected)
{
	struct options options;
	struct list argv = {0}, kept = {0};
	const char *wrong = parse(&options, line);

	if (wrong)
		fail_msg("%s: %s", line, wrong);
	list_add(&kept, "libz:amd64");
	if (options.verb == VERB_INSTALL)
		command_install(&argv, &options, &options.names, NULL);
	else
		command_purge(&argv, &options, &options.names, &kept);
	assert_string_equal(list_line(&argv), expected);
}

static void test_names_of_the_program(void **state)
{
	(void)state;
	struct options options;
	static const struct {
		const char *line;
		enum verb verb;
	} rows[] = {
		{"/usr/bin/apt-get-install a", VERB_INSTALL},
		{"apt-get-install.sh a", VERB_INSTALL},
		{"install_packages a", VERB_INSTALL},
		{"install_packages", VERB_INSTALL},
		{"apt-get-purge a", VERB_PURGE},
		{"apt-get-purge.sh", VERB_PURGE},
		{"apt-get-purge install", VERB_PURGE},
		{"praekelt-aptwrap install a", VERB_INSTALL},
		{"praekelt-aptwrap purge a", VERB_PURGE},
		{"praekelt-aptwrap clean", VERB_CLEAN},
		{"anything list", VERB_LIST},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_null(parse(&options, rows[i].line));
		assert_int_equal(options.verb, rows[i].verb);
	}
	assert_wrong("praekelt-aptwrap", "no verb");
	assert_wrong("praekelt-aptwrap upgrade", "unknown verb");
	assert_wrong("praekelt-aptwrap list a", "no arguments");
	for (const char **line = (const char *[]){"apt-get-install --help", "praekelt-aptwrap -h", "x help",
						  "apt-get-purge a -h", NULL};
	     *line; line++) {
		assert_null(parse(&options, *line));
		assert_true(options.help);
	}
	assert_null(parse(&options, "praekelt-aptwrap -V"));
	assert_true(options.version && !options.help);
}

static void test_wrong(void **state)
{
	(void)state;

	assert_wrong("apt-get-install ''", "empty word");
	assert_wrong("apt-get-install a ''", "empty word");
	assert_wrong("install_packages ''", "empty word");
	assert_wrong("apt-get-install -- ''", "empty word");
	assert_wrong("apt-get-install --file", "a value is missing");
	assert_wrong("apt-get-install --file= a", "an empty value");
	assert_wrong("apt-get-install --logs=1 a", "that has none");
	assert_wrong("apt-get-install --retries x a", "not a number");
	assert_wrong("apt-get-install --timeout -1 a", "not a number");
	assert_wrong("apt-get-install --timeout 86401 a", "too large");
	assert_wrong("apt-get-install --keep-linked / a", "only purge");
	assert_wrong("apt-get-purge --virtual x a", "only install");
	assert_wrong("apt-get-install --virtual .. a", "not a valid name");
	assert_wrong("apt-get-install --virtual a/b a", "not a valid name");
	assert_wrong("apt-get-install --snapshot yesterday a", "not a time");
	assert_wrong("apt-get-install --snapshot 20260131T00 a", "not a time");
}

static void test_own_options(void **state)
{
	(void)state;
	struct options options;

	assert_null(parse(&options, "apt-get-install --virtual .b_1 --retries=7 --timeout 0 --lock-timeout 5 "
				    "--file f - --snapshot 20260131 --recommends --logs --trace a"));
	assert_string_equal(options.group, ".b_1");
	assert_string_equal(options.snapshot, "20260131");
	assert_string_equal(list_line(&options.files), "f -");
	assert_int_equal(options.retries, 7);
	assert_int_equal(options.timeout_s, 0);
	assert_int_equal(options.lock_timeout_s, 5);
	assert_true(options.recommends && options.logs && options.trace && !options.quiet &&
		    !options.verbose);
	assert_int_equal(options.apt_options[APT_ACTION].count + options.apt_options[APT_COMMON].count, 0);
	assert_null(parse(&options,
			  "apt-get-install --runtime-deps a ./b.deb --runtime-deps ./dir --runtime-deps=x"));
	assert_true(options.runtime_deps);
	assert_string_equal(list_line(&options.runtime_dirs), "./dir x");
	assert_string_equal(list_line(&options.names), "a ./b.deb");
	assert_null(parse(&options, "apt-get-install --runtime-deps"));
	assert_null(parse(&options, "apt-get-purge --keep-linked /a --keep-linked=/b x"));
	assert_string_equal(list_line(&options.keep_linked), "/a /b");
}

/* Other options are passed to apt-get, in order. */
static void test_passed_on(void **state)
{
	(void)state;
	struct options options = {0};

	assert_command("apt-get-install a=1.2* b/sid c+ d- ./e.deb -t sid --no-upgrade f",
		       "apt-get install -y -t sid --no-upgrade -- 'a=1.2*' b/sid c+ d- ./e.deb f");
	assert_command("apt-get-install -oA::B=1 -o C::D=2 --option=E=3 -qqy -- -a",
		       "apt-get install -y -oA::B=1 -o C::D=2 "
		       "--option=E=3 -qqy -- -a");
	assert_command("apt-get-install -yt sid a", "apt-get install -y -yt sid -- a");
	assert_command(
		"apt-get-purge lib* x:i386",
		"apt-get purge -y --auto-remove -oAPT::Default-Release=now -- 'lib*' x:i386 libz:amd64+");
	struct list mark = {0};
	command_mark(&mark, "auto", &options.names);
	assert_string_equal(list_line(&mark),
			    "apt-mark auto -oDir::State::lists=/dev/null -oDir::Cache::pkgcache= "
			    "-oDir::Cache::srcpkgcache=");
	static const struct {
		const char *words;
		bool quiet, simulate;
	} rows[] = {
		{"-q", true, false},         {"-qq", true, false},     {"-qqy", true, false},
		{"-q=2", true, false},       {"--quiet", true, false}, {"--quiet=2", true, false},
		{"-yq", true, false},        {"-s", false, true},      {"-ys", false, true},
		{"--simulate", false, true}, {"-d", false, true},      {"-oquiet=2", false, false},
		{"-t sid", false, false},    {"-y", false, false},     {"-tsid", false, false},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char line[100];
		snprintf(line, sizeof(line), "apt-get-install %s a", rows[i].words);
		assert_null(parse(&options, line));
		if (options.quiet != rows[i].quiet || options.simulate != rows[i].simulate)
			fail_msg("%s", rows[i].words);
		assert_string_equal(list_line(&options.names), "a");
	}
}

/* -o, -c and -q are passed to every command of apt, and options of update only to update. */
static void test_each_step_has_its_options(void **state)
{
	(void)state;
	struct options options;
	struct list config = {0}, update = {0}, again = {0}, install = {0}, reinstall = {0};

	assert_null(parse(&options, "apt-get-install -o A=1 -c f -qq -y --allow-releaseinfo-change-suite "
				    "--no-list-cleanup --config-file=g -t sid a"));
	command_config(&config, &options);
	assert_string_equal(list_line(&config), "apt-config dump -o A=1 -c f --config-file=g");
	command_update(&update, &options, NULL);
	assert_string_equal(list_line(&update), "apt-get update -opkgCacheFile::Generate=false -o A=1 -c f "
						"-qq --config-file=g --allow-releaseinfo-change-suite "
						"--no-list-cleanup");
	command_update(&again, &options, COMMAND_AGAIN);
	assert_non_null(strstr(list_line(&again), "Acquire::Retries=0"));
	command_install(&install, &options, &options.names, COMMAND_AGAIN);
	assert_string_equal(list_line(&install), "apt-get install -y -oAcquire::Retries=0 -o A=1 -c f -qq "
						 "--config-file=g -y -t sid -- a");
	command_install(&reinstall, &options, &options.names, "--reinstall");
	assert_string_equal(list_line(&reinstall),
			    "apt-get install -y --reinstall -o A=1 -c f -qq --config-file=g -y -t sid -- a");
}

static const char dump[] = "Dir \"/\";\nDir::Etc \"etc/apt\";\nDir::Etc::main \"apt.conf\";\n"
			   "Dir::Etc::parts \"apt.conf.d\";\nDir::Etc::sourcelist \"sources.list\";\n"
			   "Dir::Etc::sourceparts \"/srv//sources/\";\nDir::State \"var/lib/apt\";\n"
			   "Dir::State::lists \"lists/\";\nDir::Cache \"var/cache/apt\";\n"
			   "Dir::Cache::archives \"archives/\";\nAPT::Architecture \"amd64\";\n"
			   "Acquire::IndexTargets::deb::Packages::MetaKey \"x\";\n"
			   "Acquire::IndexTargets::deb::CNF::MetaKey \"x\";\n"
			   "DPkg::Pre-Install-Pkgs \"\";\n"
			   "DPkg::Pre-Install-Pkgs:: \"/usr/sbin/dpkg-preconfigure --apt || true\";\n"
			   "DPkg::Post-Invoke:: \"rm -f /var/cache/apt/archives/*.deb || true\";\n"
			   "DPkg::Post-Invoke:: \"touch /kept\";\n"
			   "APT::Update::Post-Invoke:: \"say \\ /var/cache/apt\";\n";

static void test_config(void **state)
{
	(void)state;
	struct config config;
	struct options options;

	config_parse(&config, dump);
	assert_string_equal(config.main_file, "/etc/apt/apt.conf");
	assert_string_equal(config.parts, "/etc/apt/apt.conf.d");
	assert_string_equal(config.source_list, "/etc/apt/sources.list");
	assert_string_equal(config.source_parts, "/srv/sources");
	assert_string_equal(config.lists, "/var/lib/apt/lists");
	assert_string_equal(config.archives, "/var/cache/apt/archives");
	assert_string_equal(config.architecture, "amd64");
	assert_false(config.conffile_choice);
	config.lists = "/p/lists";
	config.cache = "/p/cache";
	config.archives = "/p/cache/archives";
	assert_null(parse(&options, "apt-get-install --retries 5 --lock-timeout 7 a"));
	const char *text = config_text(&config, &options, "/p");
	static const char *const there[] = {
		"#include \"/etc/apt/apt.conf.d/\";\n",
		"#include \"/etc/apt/apt.conf\";\n",
		"Dir::State::lists \"/p/lists/\";\n",
		"Dir::Cache::archives \"/p/cache/archives/\";\n",
		"Dir::Cache::srcpkgcache \"\";\n",
		"Acquire::IndexTargets::deb::CNF::DefaultEnabled \"false\";\n",
		"#clear DPkg::Pre-Install-Pkgs;\n",
		"#clear DPkg::Post-Invoke;\nDPkg::Post-Invoke:: \"touch /kept\";\n",
		"Acquire::Retries \"5\";\n",
		"DPkg::Lock::Timeout \"7\";\n",
		"APT::Install-Recommends \"false\";\n",
		"--log=/dev/null",
		"--force-confold",
	};
	static const char *const absent[] = {
		"deb::Packages::DefaultEnabled", "preconfigure",      "/archives/*.deb",
		"RecommendsImportant",           "Check-Valid-Until", "sourceparts"};
	for (size_t i = 0; i < sizeof(there) / sizeof(there[0]); i++)
		if (!strstr(text, there[i]))
			fail_msg("%s not in %s", there[i], text);
	for (size_t i = 0; i < sizeof(absent) / sizeof(absent[0]); i++)
		if (strstr(text, absent[i]))
			fail_msg("%s in %s", absent[i], text);
}

static void test_config_of_the_user(void **state)
{
	(void)state;
	struct config config;
	struct options options;

	config_parse(&config, text_join(dump, "DPkg::Options:: \"--force-confnew\";\n", NULL));
	assert_true(config.conffile_choice);
	config.keep_cache = true;
	assert_null(parse(&options, "apt-get-install --recommends --logs --snapshot 20260131 a"));
	config.user_file = "/user.conf";
	config.main_file = NULL;
	const char *text = config_text(&config, &options, "/p");
	static const char *const there[] = {
		"#include \"/user.conf\";\n",
		"Dir::State::lists \"/var/lib/apt/lists/\";\n",
		"Dir::Cache \"/var/cache/apt/\";\n",
		"Dir::Cache::archives \"/var/cache/apt/archives/\";\n",
		"srcpkgcache.bin",
		"Acquire::Check-Valid-Until \"false\";\n",
		"Dir::Etc::sourceparts \"/p/sources.list.d/\";\n",
		"APT::Install-Recommends \"true\";\n",
	};
	for (size_t i = 0; i < sizeof(there) / sizeof(there[0]); i++)
		if (!strstr(text, there[i]))
			fail_msg("%s not in %s", there[i], text);
	assert_null(strstr(text, "--force-conf"));
	assert_null(strstr(text, "--log="));
	assert_null(strstr(text, "apt/apt.conf\""));
}

static void test_snapshot(void **state)
{
	(void)state;

	assert_string_equal(snapshot_foreign(""), "");
	assert_string_equal(snapshot_foreign("Reading...\n"), "");
	assert_null(snapshot_foreign("'http://snapshot.debian.org/archive/debian/2026/x' y 0 \n"));
	assert_string_equal(snapshot_foreign("'http://snapshot.debian.org/archive/debian/2026/x' y 0 \n"
					     "'mirror+file:/etc/m/dists/x' y 0\n"),
			    "mirror+file:/etc/m/dists/x");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names_of_the_program),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_own_options),
		cmocka_unit_test(test_passed_on),
		cmocka_unit_test(test_each_step_has_its_options),
		cmocka_unit_test(test_config),
		cmocka_unit_test(test_config_of_the_user),
		cmocka_unit_test(test_snapshot),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
