/* What is read: lists, groups, the output of the tools, indexes, sources. */
#include "aptwrap/config.h"
#include "aptwrap/contents.h"
#include "aptwrap/env.h"
#include "aptwrap/groups.h"
#include "aptwrap/judge.h"
#include "aptwrap/library.h"
#include "aptwrap/names.h"
#include "aptwrap/packages.h"
#include "aptwrap/snapshot.h"
#include "aptwrap/stamp.h"
#include "aptwrap/view.h"

#include <elf.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* A text and its length, NUL bytes and all. */
#define TEXT(s) (s), sizeof(s) - 1

static void test_names(void **state)
{
	(void)state;
	struct list names = {0};
	unsigned long line;

	assert_null(names_parse(&names, TEXT("# all\n a \n\nb=1 # why\r\n\tc:i386\t\nd"), &line));
	assert_int_equal(names.count, 4);
	assert_string_equal(names.items[1], "b=1");
	assert_string_equal(names.items[3], "d");
	assert_string_equal(names_parse(&names, TEXT("a\nb c\n"), &line), "more than one name");
	assert_int_equal(line, 2);
	assert_string_equal(names_parse(&names, TEXT("a\0b\n"), &line), "a NUL byte");
}

static void test_groups(void **state)
{
	(void)state;
	struct group group = {0}, again = {0};

	list_add(&group.fresh, "zlib1g");
	list_add(&group.fresh, "gcc");
	list_add(&group.manual, "libc6:i386");
	char *text = groups_format(&group);
	assert_string_equal(text, "# Written by praekelt-aptwrap.\nnew gcc\nnew zlib1g\nmanual libc6:i386\n");
	assert_true(groups_parse(&again, text, strlen(text)));
	assert_true(groups_parse(&again, text, strlen(text)));
	assert_int_equal(again.fresh.count, 2);
	assert_int_equal(again.manual.count, 1);
	assert_false(groups_parse(&again, TEXT("new a\nnew ../b\n")));
	assert_false(groups_parse(&again, TEXT("new -a\n")));
	assert_false(groups_parse(&again, TEXT("new \n")));
	assert_false(groups_parse(&again, TEXT("new a\0b\n")));
	assert_false(groups_parse(&again, TEXT("old a\n")));
	assert_int_equal(again.fresh.count, 2);
}

static void test_packages(void **state)
{
	(void)state;
	struct packages packages = {0};

	packages_parse(
		&packages, "amd64",
		TEXT("installed libc6:amd64\ninstalled libc6:i386\nconfig-files old\nnot-installed no\n"
		     "half-configured bad\nunpacked curl\ntriggers-pending man-db\njunk\n"));
	assert_int_equal(packages.present.count, 5);
	assert_string_equal(packages.present.items[0], "libc6");
	assert_string_equal(packages.present.items[1], "libc6:i386");
	assert_int_equal(packages.broken.count, 3);
}

static void test_judge(void **state)
{
	(void)state;
	assert_int_equal(judge_update(TEXT("Err:1 http://x trixie InRelease\n  Could not connect to x:80\n"
					   "W: Failed to fetch http://x  Could not connect\n")),
			 VERDICT_RETRY);
	assert_int_equal(judge_update(TEXT("E: Failed to fetch http://x  Hash Sum mismatch\n")),
			 VERDICT_RETRY);
	assert_int_equal(judge_update(TEXT("E: The repository 'http://x Release' is not signed.\n")),
			 VERDICT_FINAL);
	assert_int_equal(judge_update(TEXT("W: GPG error: http://x InRelease: BADSIG 1 Debian\n"
					   "E: The repository 'http://x InRelease' is not signed.\n")),
			 VERDICT_RETRY);
	assert_int_equal(judge_update(TEXT("W: GPG error: http://x InRelease: NO_PUBKEY 1\n"
					   "E: The repository 'http://x InRelease' is not signed.\n")),
			 VERDICT_FINAL);
	assert_int_equal(
		judge_update(TEXT("Err:2 x Release\n  404  Not Found [IP: 1]\n"
				  "E: The repository 'http://x Release' does not have a Release file.\n")),
		VERDICT_FINAL);
	assert_int_equal(judge_update(TEXT("Get:1 http://x/503 [1 B]\nE: something else\n")), VERDICT_FINAL);
	assert_int_equal(judge_install(TEXT("E: Failed to fetch http://x/a.deb  404  Not Found\n")),
			 VERDICT_STALE);
	assert_int_equal(judge_install(TEXT("E: Failed to fetch http://x/a.deb  503  Unavailable\n")),
			 VERDICT_RETRY);
	assert_int_equal(judge_install(TEXT("E: Unable to locate package x\n")), VERDICT_FINAL);
	/* A maintainer script may say anything. */
	assert_int_equal(
		judge_install(TEXT("dpkg: error\nCould not connect\nE: Sub-process /usr/bin/dpkg\n")),
		VERDICT_FINAL);
	assert_true(judge_update_incomplete(TEXT("W: Some index files failed to download.\n")));
	assert_false(judge_update_incomplete(TEXT("W: Target Packages is configured multiple times\n")));

	char reason[64];
	judge_reason(TEXT("W: x\nE: first \033[1m\nE: second\n"), reason, sizeof(reason));
	assert_string_equal(reason, "first ?[1m");
	judge_reason(TEXT("W: Failed to fetch http://x  503\nE: Some index files failed to download.\n"),
		     reason, sizeof(reason));
	assert_string_equal(reason, "Failed to fetch http://x  503");
	judge_reason(TEXT(""), reason, sizeof(reason));
	assert_string_equal(reason, "");
}

static void test_counts(void **state)
{
	(void)state;
	struct judge_counts counts;

	judge_counts(TEXT("1 upgraded, 23 newly installed, 4 to remove and 0 not upgraded.\n"
			  "Need to get 4,908 kB of archives.\n"
			  "After this operation, 14.8 MB of additional disk space will be used.\n"
			  "Fetched 4,908 kB in 0s (76.3 MB/s)\n"),
		     &counts);
	assert_int_equal(counts.upgraded, 1);
	assert_int_equal(counts.installed, 23);
	assert_int_equal(counts.removed, 4);
	assert_int_equal(counts.fetched_bytes, 4908000);
	assert_int_equal(counts.disk_bytes, 14800000);
	judge_counts(
		TEXT("After this operation, 999999999999999999999999 GB\nFetched \n newly installed, \n"),
		&counts);
	assert_int_equal(counts.installed, 0);

	static const struct {
		unsigned long bytes;
		const char *text;
	} sizes[] = {{0, "0 B"},           {999, "999 B"},     {1000, "1.0 kB"},      {1649, "1.6 kB"},
		     {999949, "999.9 kB"}, {999950, "1.0 MB"}, {14800000, "14.8 MB"}, {1234567890, "1.2 GB"}};
	char text[32];
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		judge_size(sizes[i].bytes, text, sizeof(text));
		assert_string_equal(text, sizes[i].text);
	}
	judge_seconds(3149, text, sizeof(text));
	assert_string_equal(text, "3.1 s");
}

static void test_library(void **state)
{
	(void)state;
	struct library_cache cache = {0};
	struct list packages = {0}, paths = {0};
	static const char *const policy[][2] = {
		{"libpq.so.5", "libpq5"},       {"libfoo-1.2.so.3", "libfoo-1.2-3"},
		{"libX11.so.6", "libx11-6"},    {"libbfd-2.44-system.so", "libbfd-2.44-system"},
		{"libssl.so.1.1", "libssl1.1"}, {"libdb_cxx.so.5", "libdb-cxx5"}};

	library_parse_cache(
		&cache,
		TEXT("2 libs found in cache `/etc/ld.so.cache'\n"
		     "\tlibz.so.1 (libc6,x86-64) => /lib/x86_64-linux-gnu/libz.so.1\n"
		     "\tlibz.so.1 (libc6) => /lib/i386-linux-gnu/libz.so.1\nCache generated by: x\n"));
	assert_int_equal(cache.names.count, 2);
	assert_string_equal(cache.names.items[1], "libz.so.1");
	assert_string_equal(cache.paths.items[1], "/lib/i386-linux-gnu/libz.so.1");
	library_parse_owners(&packages, &paths, "amd64",
			     TEXT("libpq5:amd64: /usr/lib/x86_64-linux-gnu/libpq.so.5\n"
				  "a, b:i386: /usr/lib/c: /d\ndiversion by dash from: /bin/sh\n"
				  "dpkg-query: no path found matching pattern /lib/x\n"));
	assert_int_equal(packages.count, 3);
	assert_string_equal(packages.items[0], "libpq5");
	assert_string_equal(packages.items[2], "b:i386");
	assert_string_equal(paths.items[1], "/usr/lib/c: /d");
	for (size_t i = 0; i < sizeof(policy) / sizeof(policy[0]); i++)
		assert_string_equal(library_policy_name(policy[i][0]), policy[i][1]);
	assert_true(library_is_name("libstdc++.so.6"));
	assert_false(library_is_name("") || library_is_name("/lib/x.so") || library_is_name("a\nb") ||
		     library_is_name("a b"));
}

static void test_contents(void **state)
{
	(void)state;
	struct scan_need need = {.library = (char[]){"libpq.so.5"},
				 .kind = {.wide = true, .machine = EM_X86_64}};
	static const char lines[] =
		"usr/lib/pgsql/libpq.so.5 database/private\n"
		"usr/lib/i386-linux-gnu/libpq.so.5 libs/lib32pq5\n"
		"usr/lib/x86_64-linux-gnu/xlibpq.so.5 libs/libxpq5\n"
		"usr/lib/x86_64-linux-gnu/libpq.so.5 debug/libpq5-a,libs/libpq5-dbgsym,libs/libpq5\n"
		"libpq.so.5\n\n";

	assert_string_equal(contents_find(&need, TEXT(lines)), "libpq5");
	need.kind = (struct elf_kind){.machine = EM_386};
	assert_string_equal(contents_find(&need, TEXT(lines)), "lib32pq5");
	need.kind.machine = EM_ARM;
	assert_null(contents_find(&need, TEXT(lines)));
	need.kind.machine = EM_386;
	assert_null(contents_find(&need, TEXT("usr/lib/libpq.so.5 libs/--option\n")));

	struct scan_need blas = {.library = (char[]){"libblas.so.3"},
				 .kind = {.wide = true, .machine = EM_X86_64}};
	static const char alternatives[] = "usr/lib/x86_64-linux-gnu/atlas/libblas.so.3 libs/libatlas3-base\n"
					   "usr/lib/x86_64-linux-gnu/blas/libblas.so.3 libs/libblas3\n"
					   "usr/lib/x86_64-linux-gnu/blis/libblas.so.3 libs/blis\n";
	assert_string_equal(contents_find(&blas, TEXT(alternatives)), "libblas3");
	assert_string_equal(
		contents_find(&blas, TEXT("usr/lib/x86_64-linux-gnu/blas/libblas.so.3 libs/libblas3t64\n")),
		"libblas3t64");
	assert_null(
		contents_find(&blas, TEXT("usr/lib/x86_64-linux-gnu/blas/libblas.so.3 libs/libblas3x\n")));
	assert_null(contents_find(&blas, TEXT("usr/lib/x86_64-linux-gnu/a/b/libblas.so.3 libs/libblas3\n")));
	assert_string_equal(
		contents_find(&blas, TEXT("usr/lib/x86_64-linux-gnu/blas/libblas.so.3 libs/libblas3\n"
					  "usr/lib/x86_64-linux-gnu/libblas.so.3 libs/other\n")),
		"other");
}

static void test_snapshot(void **state)
{
	(void)state;
	static const char from[] = "deb [signed-by=/a] http://ftp.debian.org/debian/ trixie main\n"
				   "deb https://security.debian.org/ x/updates main\n"
				   "URIs: http://ftp.debian.org/debian-security http://other.example/debian\n"
				   "deb http://evildebian.org/debian x main";
	static const char to[] =
		"deb [signed-by=/a] http://snapshot.debian.org/archive/debian/20260131T000000Z/ trixie main\n"
		"deb http://snapshot.debian.org/archive/debian-security/20260131T000000Z/ x/updates main\n"
		"URIs: http://snapshot.debian.org/archive/debian-security/20260131T000000Z/ "
		"http://other.example/debian\ndeb http://evildebian.org/debian x main";
	size_t changed = 0;

	assert_string_equal(snapshot_rewrite(TEXT(from), "20260131T000000Z", &changed), to);
	assert_int_equal(changed, 3);
	assert_string_equal(snapshot_rewrite(TEXT(from), "20260131", &changed), to);
}

static void test_config(void **state)
{
	(void)state;
	struct config config;

	config_parse(&config, TEXT(""));
	assert_string_equal(config.lists, "/var/lib/apt/lists");
	assert_string_equal(config.archives, "/var/cache/apt/archives");
	assert_string_equal(config.main_file, "/etc/apt/apt.conf");
	assert_string_equal(config.parts, "/etc/apt/apt.conf.d/");
	config_parse(&config,
		     TEXT("Dir::State \"/x/\";\nDir::State::lists \"l/\";\nDir::Etc::parts \"/p\";\n"
			  "DPkg::Pre-Install-Pkgs:: \"/usr/sbin/dpkg-preconfigure --apt || true\";\n"
			  "DPkg::Pre-Install-Pkgs:: \"other\";\nDPkg::Options:: \"--force-confnew\";\n"
			  "APT::Architecture \"arm64\";\nbroken\n\"\n"));
	assert_string_equal(config.lists, "/x/l");
	assert_string_equal(config.parts, "/p/");
	assert_string_equal(config.architecture, "arm64");
	assert_true(config.preconfigure && config.conffile_choice);
	assert_int_equal(config.hooks.count, 1);

	struct request request = {.verb = VERB_INSTALL};
	struct config_kept none = {0}, lists = {.lists = true};
	struct list parts = {0};
	char *text = config_text(&config, &request, &none, "/private", NULL, &parts);
	assert_non_null(strstr(text, "Dir::State::lists \"/private/lists/\";"));
	assert_non_null(strstr(text, "Acquire::GzipIndexes \"false\";"));
	/* A cache of the builder's stays as the image has it. */
	text = config_text(&config, &request, &lists, "/private", NULL, &parts);
	assert_null(strstr(text, "Dir::State::lists"));
	assert_null(strstr(text, "Acquire::GzipIndexes"));
}

static void test_environment(void **state)
{
	(void)state;
	char *const from[] = {(char[]){"LC_ALL=de_DE.UTF-8"},
			      (char[]){"LC_CTYPE=C"},
			      (char[]){"LANG=C"},
			      (char[]){"LANGUAGE=de"},
			      (char[]){"PATH=/a"},
			      (char[]){"HTTP_PROXY=x"},
			      NULL};
	char **to = env_for_apt(from, "/private");

	assert_string_equal(env_get(to, "LANG"), "de_DE.UTF-8");
	assert_string_equal(env_get(to, "LC_MESSAGES"), "C");
	assert_null(env_get(to, "LC_ALL"));
	assert_null(env_get(to, "LC_CTYPE"));
	assert_null(env_get(to, "LANGUAGE"));
	assert_string_equal(env_get(to, "HTTP_PROXY"), "x");
	assert_string_equal(env_get(to, "APT_CONFIG"), "/private/apt.conf");
	assert_memory_equal(env_get(to, "PATH"), "/private/bin:/a:/usr/local/sbin:", 32);
	to = env_for_apt(from, NULL);
	assert_null(env_get(to, "APT_CONFIG"));
	assert_memory_equal(env_get(to, "PATH"), "/a:/usr/local/sbin:", 19);
}

static void test_progress(void **state)
{
	(void)state;
	char text[80];

	assert_true(view_progress(TEXT("pmstatus:curl:42.1234:Unpacking curl (amd64)"), text, sizeof(text)));
	assert_string_equal(text, "42% Unpacking curl (amd64)");
	assert_true(view_progress(TEXT("pmstatus:libc6:i386:7.5:Setting up libc6:i386"), text, sizeof(text)));
	assert_string_equal(text, "7% Setting up libc6:i386");
	assert_true(view_progress(TEXT("dlstatus:1:0.0000:Retrieving file 1 of 23"), text, sizeof(text)));
	assert_string_equal(text, "0% Retrieving file 1 of 23");
	assert_false(view_progress(TEXT("pmstatus:"), text, sizeof(text)));
	assert_false(view_progress(TEXT("pmstatus:a:b:c"), text, sizeof(text)));
	assert_false(view_progress(TEXT("else"), text, sizeof(text)));
}

static void test_epoch(void **state)
{
	(void)state;
	struct timespec epoch;

	assert_true(stamp_parse("1700000000", &epoch) && epoch.tv_sec == 1700000000);
	assert_false(stamp_parse("", &epoch) || stamp_parse("-1", &epoch) ||
		     stamp_parse("9999999999999999", &epoch));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),    cmocka_unit_test(test_groups),
		cmocka_unit_test(test_packages), cmocka_unit_test(test_judge),
		cmocka_unit_test(test_counts),   cmocka_unit_test(test_library),
		cmocka_unit_test(test_contents), cmocka_unit_test(test_snapshot),
		cmocka_unit_test(test_config),   cmocka_unit_test(test_environment),
		cmocka_unit_test(test_progress), cmocka_unit_test(test_epoch),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
