/* Functions that read text: package lists, and the output of dpkg-query, ldconfig and grep. */
#include "aptwrap/group/group.h"
#include "aptwrap/libraries/libraries.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

static void test_names(void **state)
{
	(void)state;
	struct list names = {0};
	unsigned long line;

	assert_null(package_list_parse(&names, "a\n\n# all\n  b=1.2* # why\r\n\tc\r\nd#e\nlast", &line));
	assert_string_equal(list_line(&names), "a 'b=1.2*' c d last");
	assert_non_null(package_list_parse(&names, "a\nb c\n", &line));
	assert_int_equal(line, 2);
	assert_null(package_list_parse(&names, "", &line));
}

static const char before[] = "installed|ok|a|1|10\ninstalled|ok|lib:amd64|2|20\ninstalled|ok|lib:i386|2|20\n"
			     "config-files|ok|gone|1|5\nnot-installed|ok|never||\n"
			     "installed|ok|aptwrap-group-.build|1|\nshort|line\n";

static void test_packages(void **state)
{
	(void)state;
	struct packages packages;

	packages_parse(&packages, "amd64", before);
	assert_string_equal(list_line(&packages.names), "a lib lib:i386");
	assert_string_equal(list_line(&packages.versions), "'a 1' 'lib 2' 'lib:i386 2'");
	assert_string_equal(list_line(&packages.groups), "aptwrap-group-.build");
	assert_int_equal(packages.broken.count, 0);
	assert_int_equal(packages.bytes, 50 * 1024);
	packages_parse(&packages, "amd64",
		       "half-installed|reinstreq|a||\nunpacked|ok|b|1|1\nhalf-configured|ok|c|1|1\n"
		       "triggers-pending|ok|d|1|1\ninstalled|reinstreq|e|1|1\n");
	assert_string_equal(list_line(&packages.broken), "a b c e");
	assert_string_equal(list_line(&packages.half_installed), "a e");
}

static void assert_changes(const char *after, const char *expected)
{
	struct packages then, now;

	packages_parse(&then, "amd64", before);
	packages_parse(&now, "amd64", after);
	assert_string_equal(packages_changes(&then, &now), expected);
}

static void test_changes(void **state)
{
	(void)state;

	assert_changes(before, "");
	assert_changes("installed|ok|a|1|10\ninstalled|ok|lib:amd64|2|20\ninstalled|ok|lib:i386|2|20\n"
		       "installed|ok|b|1|4\ninstalled|ok|aptwrap-group-x|1|\n",
		       "installed 1 package, 4.0 kB on disk");
	assert_changes("installed|ok|a|1|10\n", "removed 2 packages (lib lib:i386), 40.9 kB freed");
	assert_changes("installed|ok|a|2|60\ninstalled|ok|b|1|4\n",
		       "installed 1, upgraded 1, removed 2 packages (lib lib:i386), 14.3 kB on disk");
	assert_changes("installed|ok|a|2|10\ninstalled|ok|lib:amd64|2|20\ninstalled|ok|lib:i386|2|20\n",
		       "upgraded 1 package, 0 B on disk");
}

static void test_size(void **state)
{
	(void)state;

	assert_string_equal(packages_size(0), "0 B");
	assert_string_equal(packages_size(999), "999 B");
	assert_string_equal(packages_size(1000), "1.0 kB");
	assert_string_equal(packages_size(1999999), "1.9 MB");
	assert_string_equal(packages_size(UINT64_MAX), "18.4 EB");
}

static void test_group(void **state)
{
	(void)state;
	struct list depends = {0};

	assert_string_equal(group_package(".build"), "aptwrap-group-.build");
	assert_string_equal(group_package("a_b+c"), "aptwrap-group-a+ub+pc");
	assert_null(strstr(group_control("x", "1", &depends), "Depends"));
	list_add_words(&depends, "a", "b:i386", NULL);
	const char *control = group_control("a_b", "3", &depends);
	assert_non_null(strstr(control, "Package: aptwrap-group-a+ub\nVersion: 3\n"));
	assert_non_null(strstr(control, "\nAptwrap-Group: a_b\nDepends: a, b:i386\n"));
}

static void test_owners(void **state)
{
	(void)state;
	struct list packages = {0};

	assert_string_equal(needs_cached_path("\tlibc.so.6 (libc6,x86-64) => /lib/a b", "libc.so.6"),
			    "/lib/a b");
	assert_null(needs_cached_path("\tlibc.so.6.1 (libc6) => /lib/libc.so.6.1", "libc.so.6"));
	assert_null(needs_cached_path("\tlibc.so.6 (libc6)", "libc.so.6"));
	assert_null(needs_cached_path("libc.so.6 found in cache => x", "libc.so.6"));
	keep_linked_parse_search(&packages,
				 "libc6:amd64, libc6:i386: /lib/libc.so.6\n"
				 "diversion by dash from: /bin/sh\nlibpq5:amd64: /usr/lib/libpq.so.5\n"
				 "no path\n");
	assert_string_equal(list_line(&packages), "libc6:amd64 libc6:i386 libpq5:amd64");
}

static void test_contents(void **state)
{
	(void)state;
	static const char lines[] =
		"usr/lib/x86_64-linux-gnu/libpq.so.5                libs/libpq5\n"
		"usr/lib/x86_64-linux-gnu/libx.so.1\tdebug/x-dbg,libs/libx1-extra,libs/libx1\n"
		"opt/libopt.so.1  libs/opt\n"
		"usr/lib/x86_64-linux-gnu/sub/liby.so.1  libs/y\n"
		"usr/lib/x86_64-linux-gnu/blas/libblas.so.3  libs/libblas3\n"
		"usr/lib/x86_64-linux-gnu/atlas/libblas.so.3  libs/libatlas3-base\n"
		"usr/lib/x86_64-linux-gnu/libcblas.so.3  libs/libcblas3-plain\n"
		"usr/lib/x86_64-linux-gnu/cblas/libcblas.so.3  libs/libcblas3\n"
		"lib/libroot.so.1 net/-rf\nlib/libz.so.1 z\nusr/lib/a b/libb.so.1 libs/b\n"
		"nothing\n libw.so.1 w\n";

	assert_string_equal(contents_index_find("libpq.so.5", lines), "libpq5");
	assert_string_equal(contents_index_find("libx.so.1", lines), "libx1");
	assert_string_equal(contents_index_find("libblas.so.3", lines), "libblas3");
	assert_string_equal(contents_index_find("libcblas.so.3", lines), "libcblas3-plain");
	assert_string_equal(contents_index_find("libz.so.1", lines), "z");
	for (const char **name = (const char *[]){"libopt.so.1", "liby.so.1", "libroot.so.1", "libb.so.1",
						  "nothing", "libw.so.1", "pq.so.5", NULL};
	     *name; name++)
		if (contents_index_find(*name, lines))
			fail_msg("%s", *name);
}

static void test_quoting(void **state)
{
	(void)state;
	struct list words = {0};

	list_add_words(&words, "a", "", "b c", "it's", "$x", NULL);
	assert_string_equal(list_line(&words), "a '' 'b c' 'it'\\''s' '$x'");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),    cmocka_unit_test(test_packages),
		cmocka_unit_test(test_changes),  cmocka_unit_test(test_size),
		cmocka_unit_test(test_group),    cmocka_unit_test(test_owners),
		cmocka_unit_test(test_contents), cmocka_unit_test(test_quoting),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
