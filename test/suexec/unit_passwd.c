/* passwd.c: which lines of passwd and group are used, and what is read from them. */
#include "suexec/passwd.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "test/suexec/span_is.h"

/* A string literal with NUL bytes in it, as the initializer of a struct span. */
#define BYTES(literal)                                                                                       \
	{                                                                                                    \
		.at = (literal), .len = sizeof(literal) - 1                                                  \
	}

struct passwd_row {
	const char *why;
	struct span file;
	const char *name; /* looked for; NULL: uid is */
	uid_t uid;        /* found, or looked for */
	bool found;
	gid_t gid;
	const char *home;
	const char *shell;
};

static void check_passwd(const struct passwd_row *row)
{
	struct passwd_line entry;
	bool found = row->name ? passwd_by_name(row->file, span_of(row->name), &entry)
			       : passwd_by_uid(row->file, row->uid, &entry);

	if (found != row->found)
		fail_msg("%s: %sfound", row->why, found ? "" : "not ");
	if (!found)
		return;
	if (entry.uid != row->uid || entry.gid != row->gid)
		fail_msg("%s: %u:%u", row->why, entry.uid, entry.gid);
	const char *home = row->home ? row->home : "", *shell = row->shell ? row->shell : "";
	if (!span_is(entry.home, home) || !span_is(entry.shell, shell))
		fail_msg("%s: other home or shell", row->why);
	if (row->name && !span_is(entry.name, row->name))
		fail_msg("%s: other name", row->why);
}

static void test_passwd_lines_that_count(void **state)
{
	(void)state;
	static const struct passwd_row rows[] = {
		{"plain", BYTES("a:x:5:6:g:/h:/s\n"), "a", 5, true, 6, "/h", "/s"},
		{"by uid", BYTES("a:x:5:6:g:/h:/s\n"), NULL, 5, true, 6, "/h", "/s"},
		{"another uid before", BYTES("b:x:4:4::/b:\na:x:5:6:g:/h:/s\n"), NULL, 5, true, 6, "/h",
		 "/s"},
		{"another uid alone", BYTES("b:x:4:4::/b:\n"), NULL, 5, false, 0, NULL, NULL},
		{"no last newline", BYTES("a:x:5:6:g:/h:/s"), "a", 5, true, 6, "/h", "/s"},
		{"four fields", BYTES("a:x:5:6\n"), "a", 5, true, 6, "", ""},
		{"four fields, no newline", BYTES("a:x:5:6"), "a", 5, true, 6, "", ""},
		{"five fields", BYTES("a:x:5:6:g\n"), "a", 5, true, 6, "", ""},
		{"six fields", BYTES("a:x:5:6:g:/h\n"), "a", 5, true, 6, "/h", ""},
		{"empty home", BYTES("a:x:5:6:::\n"), "a", 5, true, 6, "", ""},
		{"extra fields", BYTES("a:x:5:6:g:/h:/s:more:and:more\n"), "a", 5, true, 6, "/h", "/s"},
		{"carriage return", BYTES("a:x:5:6:g:/h:/s\r\nb:x:1:1\r\n"), "a", 5, true, 6, "/h", "/s"},
		{"carriage return after the gid", BYTES("a:x:5:6\r\n"), "a", 5, true, 6, "", ""},
		{"carriage return at the end", BYTES("a:x:5:6:g:/h\r"), "a", 5, true, 6, "/h", ""},
		{"only one carriage return goes", BYTES("a:x:5:6:g:/h:/s\r\r\n"), "a", 5, true, 6, "/h",
		 "/s\r"},
		{"blanks before", BYTES(" \ta:x:5:6:g:/h:/s\n"), "a", 5, true, 6, "/h", "/s"},
		{"first wins", BYTES("a:x:5:6::/1:\na:x:7:8::/2:\n"), "a", 5, true, 6, "/1", ""},
		{"first wins by uid", BYTES("a:x:5:6::/1:\nb:x:5:8::/2:\n"), NULL, 5, true, 6, "/1", ""},
		{"first well-formed wins", BYTES("a:x::6::/1:\na:x:7:8::/2:\n"), "a", 7, true, 8, "/2", ""},
		{"leading zeros", BYTES("a:x:005:010\n"), "a", 5, true, 10, "", ""},
		{"root", BYTES("r:x:0:0:::\n"), "r", 0, true, 0, "", ""},
		{"highest", BYTES("a:x:4294967294:4294967294\n"), "a", 4294967294u, true, 4294967294u, "",
		 ""},
		{"empty lines", BYTES("\n\n \n\r\na:x:5:6\n"), "a", 5, true, 6, "", ""},
		{"longer name before", BYTES("ab:x:1:1\na:x:5:6\n"), "a", 5, true, 6, "", ""},
		{"a name of digits, by uid", BYTES("1000:x:5:6::/h:\n"), NULL, 5, true, 6, "/h", ""},
		{"a NUL elsewhere", BYTES("b:x:1:1::\0:\na:x:5:6\n"), "a", 5, true, 6, "", ""},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_passwd(&rows[i]);
}

static void test_passwd_lines_that_are_skipped(void **state)
{
	(void)state;
	static const struct span files[] = {
		BYTES(""),
		BYTES("a"),
		BYTES("a:"),
		BYTES("a:x:5\n"),
		BYTES("a:x::6\n"),
		BYTES("a:x:5:\n"),
		BYTES("a:x:::/:\n"),
		BYTES("a:x:-5:6\n"),
		BYTES("a:x:+5:6\n"),
		BYTES("a:x: 5:6\n"),
		BYTES("a:x:5 :6\n"),
		BYTES("a:x:5\t:6\n"),
		BYTES("a:x:0x5:6\n"),
		BYTES("a:x:5:6x\n"),
		BYTES("a:x:5:-6\n"),
		BYTES("a:x:5: 6\n"),
		BYTES("a:x:5:6 \n"),
		BYTES("a:x:five:6\n"),
		BYTES("a:x:4294967295:6\n"),
		BYTES("a:x:4294967301:6\n"),
		BYTES("a:x:5:4294967302\n"),
		BYTES("a:x:18446744073709551621:6\n"),
		BYTES("#a:x:5:6\n"),
		BYTES(" #a:x:5:6\n"),
		BYTES("+a:x:5:6\n"),
		BYTES("-a:x:5:6\n"),
		BYTES("a:x:5:6:\0:/h:/s\n"),
		BYTES("a:x:5:6:g:/h:/s\0\n"),
		BYTES("a\0:x:5:6\n"),
		BYTES("\0a:x:5:6\n"),
	};
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct passwd_row row = {.why = files[i].at, .file = files[i], .name = "a"};
		check_passwd(&row);
		row.name = NULL;
		for (row.uid = 0; row.uid < 8; row.uid++)
			check_passwd(&row);
	}
}

static void test_names_match_exactly(void **state)
{
	(void)state;
	static const struct span files[] = {
		BYTES("a :x:5:6\n"), BYTES("A:x:5:6\n"),           BYTES("ab:x:5:6\n"),
		BYTES("b:x:5:6\n"),  BYTES("b:x:1:1:\ra:x:5:6\n"), BYTES("b:a:5:6:a:a:a\n"),
	};
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		check_passwd(&(struct passwd_row){.why = files[i].at, .file = files[i], .name = "a"});
}

/* Lines that begin like these, and lines without a name, are skipped for every name. */
static void test_names_that_cannot_be(void **state)
{
	(void)state;
	static const char *const names[] = {"+", "-", "#", "+a", "-a", "#a", "", " a", "\ta"};
	struct passwd_line entry;
	gid_t gid;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char text[64];
		int len = snprintf(text, sizeof(text), "%s:x:5:6::/:\n", names[i]);
		struct span file = {.at = text, .len = (size_t)len};
		assert_false(passwd_by_name(file, span_of(names[i]), &entry));
		assert_false(group_by_name(file, span_of(names[i]), &gid));
	}
}

struct group_row {
	struct span file;
	bool found;  /* group g, with gid 7 */
	bool member; /* u is in it */
};

static void test_group_lines(void **state)
{
	(void)state;
	static const struct group_row rows[] = {
		{BYTES("g:x:7:u\n"), true, true},
		{BYTES("g:x:7:u"), true, true},
		{BYTES("g:x:7:a,u,b\n"), true, true},
		{BYTES("g:x:7:a,u\r\n"), true, true},
		{BYTES("g:x:7:u,u,u\n"), true, true},
		{BYTES("g:x:7:,,u,\n"), true, true},
		{BYTES("g:x:7:u:more\n"), true, true},
		{BYTES(" \tg:x:7:u\n"), true, true},
		{BYTES("g:x::u\ng:x:7:u\n"), true, true},
		{BYTES("g:x:7:\n"), true, false},
		{BYTES("g:x:7:uu\n"), true, false},
		{BYTES("g:x:7:U\n"), true, false},
		{BYTES("g:x:7: u\n"), true, false},
		{BYTES("g:x:7:u \n"), true, false},
		{BYTES("g:x:7:a, u\n"), true, false},
		{BYTES("g:x:7:a:u\n"), true, false},
		{BYTES("g:x:7\n"), false, false},
		{BYTES("g:x\n"), false, false},
		{BYTES("g:x::u\n"), false, false},
		{BYTES("g:x:-7:u\n"), false, false},
		{BYTES("g:x:+7:u\n"), false, false},
		{BYTES("g:x: 7:u\n"), false, false},
		{BYTES("g:x:7 :u\n"), false, false},
		{BYTES("g:x:0x7:u\n"), false, false},
		{BYTES("g:x:4294967303:u\n"), false, false},
		{BYTES("g:x:4294967295:u\n"), false, false},
		{BYTES(":x:7:u\n"), false, false},
		{BYTES("#g:x:7:u\n"), false, false},
		{BYTES("+g:x:7:u\n"), false, false},
		{BYTES("-g:x:7:u\n"), false, false},
		{BYTES("g:x:7:u\0\n"), false, false},
		{BYTES("g:x:7:\0,u\n"), false, false},
		{BYTES(""), false, false},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		gid_t gid, gids[4];
		struct gidset set = {.gids = gids, .room = 4};
		bool found = group_by_name(rows[i].file, span_of("g"), &gid);
		if (found != rows[i].found || (found && gid != 7))
			fail_msg("'%s': found %d, gid %u", rows[i].file.at, found, gid);
		assert_true(group_memberships(rows[i].file, span_of("u"), &set));
		assert_true(group_memberships_most(rows[i].file) >= set.count);
		gidset_sort(&set);
		if (set.count != rows[i].member || (set.count && gids[0] != 7))
			fail_msg("'%s': %zu memberships", rows[i].file.at, set.count);
	}
}

/* A user whose name has a comma is in no list: "a,b" in a list is two users. */
static void test_a_comma_in_a_name(void **state)
{
	(void)state;
	static const struct span file = BYTES("g::1:a,b\ng::2:x,a,b,y\ng::3:,\n");
	gid_t gids[4];
	struct gidset set = {.gids = gids, .room = 4};

	assert_true(group_memberships(file, span_of("a,b"), &set));
	assert_true(group_memberships(file, span_of(","), &set));
	assert_int_equal(set.count, 0);
	assert_true(group_memberships(file, span_of("b"), &set));
	assert_int_equal(set.count, 2);
}

/* The bound is exact, and nothing is written beyond the array. */
static void test_memberships_do_not_overflow(void **state)
{
	(void)state;
	static const struct span file = BYTES("g::1:u\ng::2:u\ng::2:u\ng::3:u\ng::4:u");
	gid_t gids[5];
	struct gidset set = {.gids = gids, .room = 5};

	assert_int_equal(group_memberships_most(file), 5);
	assert_true(group_memberships(file, span_of("u"), &set));
	gidset_sort(&set);
	assert_int_equal(set.count, 4);
	set = (struct gidset){.gids = gids, .room = 4};
	assert_false(group_memberships(file, span_of("u"), &set));
	assert_int_equal(set.count, 4);
}

/* A line with 150,000 members, the one searched for last; and the line after such a line. */
static void test_long_lines(void **state)
{
	(void)state;
	const size_t members = 150000, room = members * 8 + 64;
	char *text = malloc(room);
	size_t len = (size_t)snprintf(text, room, "g:x:7:");
	gid_t gid, gids[4];
	struct gidset set = {.gids = gids, .room = 4};

	for (size_t i = 0; i < members; i++)
		len += (size_t)snprintf(text + len, room - len, "m%06zu,", i);
	len += (size_t)snprintf(text + len, room - len, "u\nh:x:8:u\n");
	struct span file = {.at = text, .len = len};
	assert_true(group_by_name(file, span_of("h"), &gid));
	assert_int_equal(gid, 8);
	assert_true(group_memberships(file, span_of("u"), &set));
	assert_int_equal(set.count, 2);
	assert_true(group_memberships(file, span_of("m149999"), &set));
	assert_int_equal(set.count, 3);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_passwd_lines_that_count),
		cmocka_unit_test(test_passwd_lines_that_are_skipped),
		cmocka_unit_test(test_names_match_exactly),
		cmocka_unit_test(test_names_that_cannot_be),
		cmocka_unit_test(test_group_lines),
		cmocka_unit_test(test_a_comma_in_a_name),
		cmocka_unit_test(test_memberships_do_not_overflow),
		cmocka_unit_test(test_long_lines),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
