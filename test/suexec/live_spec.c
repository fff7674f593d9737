/*
 * The user spec on the real kernel: what each form becomes in every dialect, and what is refused.
 *
 * It runs as root in a sandbox. The caller's groups there are 5, 7 and 8, so that no result is right by
 * accident.
 */
#include "test/suexec/sandbox.h"

static void in_two_groups(const struct sandbox *sandbox)
{
	gid_t gids[] = {7, 8};

	(void)sandbox;
	if (setgroups(2, gids) < 0 || setresgid(5, 5, 5) < 0)
		sandbox_fail("setgroups");
}

static const struct sandbox sandbox = {
	.passwd = SANDBOX_PASSWD, .group = SANDBOX_GROUP, .then = in_two_groups};

struct row {
	const char *spec;
	unsigned uid, gid;
	const char *groups; /* as /proc/self/status has them */
	const char *home;
};

static void check_row(const char *program, const struct sandbox *box, const struct row *row)
{
	static struct harness_proc proc;
	char expected[256];

	snprintf(expected, sizeof(expected), "uid\t%u\t%u\t%u\t%u\ngid\t%u\t%u\t%u\t%u\ngroups\t%s \n",
		 row->uid, row->uid, row->uid, row->uid, row->gid, row->gid, row->gid, row->gid, row->groups);
	int status = SANDBOX_RUN(&proc, box, program, row->spec, "/etc/probe", "ids");
	if (status != 0 || strcmp(proc.out_text, expected) != 0 || proc.err_len != 0)
		fail_msg("%s '%s': status %d, %s%s", program, row->spec, status, proc.out_text,
			 proc.err_text);

	snprintf(expected, sizeof(expected), "env HOME=%s\n", row->home);
	status = SANDBOX_RUN(&proc, box, program, row->spec, "/etc/probe", "env");
	if (status != 0 || !strstr(proc.out_text, expected))
		fail_msg("%s '%s': status %d, not HOME=%s", program, row->spec, status, row->home);
}

static void test_what_a_spec_becomes(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"alice", 1000, 1000, "44 50 1000", "/home/alice"},
		{"1000", 1000, 1000, "44 50 1000", "/home/alice"},
		{"+1000", 1000, 1000, "44 50 1000", "/home/alice"},
		{"01000", 1000, 1000, "44 50 1000", "/home/alice"},
		{"alice:", 1000, 1000, "44 50 1000", "/home/alice"},
		{"1000:", 1000, 1000, "44 50 1000", "/home/alice"},
		{"alice:staff", 1000, 50, "50", "/home/alice"},
		{"alice:50", 1000, 50, "50", "/home/alice"},
		{"alice:+50", 1000, 50, "50", "/home/alice"},
		{"1000:staff", 1000, 50, "50", "/home/alice"},
		{"alice:77777", 1000, 77777, "77777", "/home/alice"},
		{"bob", 1001, 1001, "44 50 1001", "/home/bob"},
		{"12345", 12345, 5, "5", "/"},
		{"12345:", 12345, 5, "5", "/"},
		{"12345:23456", 12345, 23456, "23456", "/"},
		{"12345:staff", 12345, 50, "50", "/"},
		{"4294967294:4294967294", 4294967294u, 4294967294u, "4294967294", "/"},
		{"root", 0, 0, "0", "/root"},
		{"0", 0, 0, "0", "/root"},
		{"00", 0, 0, "0", "/root"},
		{"", 0, 0, "0", "/root"},
		{":", 0, 0, "0", "/root"},
		{":staff", 0, 50, "50", "/root"},
		{":0", 0, 0, "0", "/root"},
		{":23456", 0, 23456, "23456", "/root"},
		{"nobody", 65534, 65534, "65534", "/nonexistent"},
	};
	static const char *const programs[] = {"gosu", "su-exec", "praekelt-suexec"};

	sandbox_need(true);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		/* The native name refuses an empty user. */
		bool is_empty = strcmp(rows[i].spec, "") == 0 || strcmp(rows[i].spec, ":") == 0;
		for (size_t k = 0; k < (is_empty ? 2 : 3); k++)
			check_row(programs[k], &sandbox, &rows[i]);
	}
}

/* The caller is not in passwd: its own ids stay, and HOME is the root directory. */
static void test_caller_without_entry(void **state)
{
	(void)state;
	struct sandbox box = sandbox;

	sandbox_need(true);
	box.passwd = "alice:x:1000:1000::/home/alice:\n";
	check_row("gosu", &box, &(struct row){"", 0, 5, "5", "/"});
	check_row("su-exec", &box, &(struct row){":staff", 0, 50, "50", "/"});
}

struct refusal {
	const char *spec;
	const char *message; /* after "cannot switch to user 'SPEC': " */
};

static void check_refusal(const char *program, const char *prefix, int failed, const struct sandbox *box,
			  const struct refusal *row)
{
	static struct harness_proc proc;
	char expected[512];

	snprintf(expected, sizeof(expected), "%scannot switch to user '%s': %s\n", prefix, row->spec,
		 row->message);
	int status = SANDBOX_RUN(&proc, box, program, row->spec, "/etc/probe", "ids");
	if (status != failed || proc.out_len != 0 || strcmp(proc.err_text, expected) != 0)
		fail_msg("%s '%s': status %d, %s%sinstead of\n%s", program, row->spec, status, proc.out_text,
			 proc.err_text, expected);
}

#define NO_USER(name)   "unknown user '" name "': it is not a number and not in /etc/passwd"
#define NO_GROUP(name)  "unknown group '" name "': it is not a number and not in /etc/group"
#define RANGE(what, id) what " id '" id "' is out of range: the highest is 4294967294"

static void test_what_is_refused(void **state)
{
	(void)state;
	static const struct refusal rows[] = {
		{"nosuch", NO_USER("nosuch")},
		{"1000x", NO_USER("1000x")},
		{"0x3e8", NO_USER("0x3e8")},
		{"1e3", NO_USER("1e3")},
		{"alice.staff", NO_USER("alice.staff")},
		{"Alice", NO_USER("Alice")},
		{" 1000", NO_USER(" 1000")},
		{"1000 ", NO_USER("1000 ")},
		{"alice:nosuch", NO_GROUP("nosuch")},
		{"alice:50x", NO_GROUP("50x")},
		{"alice:-1", NO_GROUP("-1")},
		{"alice: 50", NO_GROUP(" 50")},
		{"nosuch:nosuch", NO_USER("nosuch")},
		{":nosuch", NO_GROUP("nosuch")},
		{"alice::", "malformed user spec: more than one ':'"},
		{"alice:staff:x", "malformed user spec: more than one ':'"},
		{"4294967295", RANGE("user", "4294967295")},
		{"4294967296", RANGE("user", "4294967296")},
		{"4294968296", RANGE("user", "4294968296")},
		{"18446744073709551616", RANGE("user", "18446744073709551616")},
		{"alice:4294967295", RANGE("group", "4294967295")},
		{"alice:4294967296", RANGE("group", "4294967296")},
		{"12345:18446744073709551616", RANGE("group", "18446744073709551616")},
		{"-1", NO_USER("-1")},
		{"-2", NO_USER("-2")},
		{"-0", NO_USER("-0")},
	};
	static const size_t signed_ones = 3; /* the last ones, which the native name takes for options */

	sandbox_need(true);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		check_refusal("gosu", "error: ", 1, &sandbox, &rows[i]);
		check_refusal("su-exec", "su-exec: ", 1, &sandbox, &rows[i]);
		if (i + signed_ones < sizeof(rows) / sizeof(rows[0]))
			check_refusal("praekelt-suexec", "praekelt-suexec: ", 125, &sandbox, &rows[i]);
	}
}

/* A long name is cut in the message. */
static void test_long_names_are_cut(void **state)
{
	(void)state;
	static struct harness_proc proc;

	sandbox_need(true);
	for (size_t len = 254; len <= 300; len += len < 258 ? 1 : 42) {
		char name[301], expected[400];
		memset(name, 'n', len);
		name[len] = '\0';
		assert_int_equal(SANDBOX_RUN(&proc, &sandbox, "gosu", name, "/etc/probe"), 1);
		snprintf(expected, sizeof(expected), ": unknown user '%.255s': it is not a number", name);
		if (!strstr(proc.err_text, expected))
			fail_msg("%zu: %s", len, proc.err_text);
	}
}

/* Lines that other tools read as root, as some other user, or not at all; CVE-2016-3697 first. */
static void test_hostile_lines(void **state)
{
	(void)state;
	static const char passwd[] = "1000:x:0:0::/root:/bin/sh\n"
				     "empty:x::5::/:\n"
				     "minus:x:-1:5::/:\n"
				     "plus:x:+5:5::/:\n"
				     "space:x: 7:7::/:\n"
				     "hex:x:0x10:16::/:\n"
				     "large:x:4294967296:0::/:\n"
				     "nogid:x:5::::\n"
				     "short:x:1002\n"
				     "+nis:x:1:1::/:\n"
				     "-nis:x:1:1::/:\n"
				     "#note:x:1:1::/:\n"
				     "twice:x:2001:2001::/1:\r\n"
				     "twice:x:2002:2002::/2:\n"
				     " blank:x:2003:2003::/b:\n"
				     "four:x:2004:2004\n"
				     "last:x:2005:2005::/l";
	static const struct sandbox box = {.passwd = passwd,
					   .group = "g:x::last\nh:x:60:last, four,four\n+:x:61:last\n",
					   .then = in_two_groups};
	static const struct row rows[] = {
		{"1000", 1000, 5, "5", "/"},           {"0", 0, 0, "0", "/root"},
		{"twice", 2001, 2001, "2001", "/1"},   {"2002", 2002, 2002, "2002", "/2"},
		{"blank", 2003, 2003, "2003", "/b"},   {"four", 2004, 2004, "60 2004", "/"},
		{"last", 2005, 2005, "60 2005", "/l"},
	};
	static const struct refusal refusals[] = {
		{"empty", NO_USER("empty")}, {"minus", NO_USER("minus")}, {"plus", NO_USER("plus")},
		{"space", NO_USER("space")}, {"hex", NO_USER("hex")},     {"large", NO_USER("large")},
		{"nogid", NO_USER("nogid")}, {"short", NO_USER("short")}, {"+nis", NO_USER("+nis")},
		{"-nis", NO_USER("-nis")},   {"#note", NO_USER("#note")}, {"last:g", NO_GROUP("g")},
		{"last:+", NO_GROUP("+")},
	};

	sandbox_need(true);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_row("gosu", &box, &rows[i]);
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++)
		check_refusal("gosu", "error: ", 1, &box, &refusals[i]);
}

/* As many groups as the kernel takes; one more is refused, not left out. */
static void test_group_limit(void **state)
{
	(void)state;
	const size_t size = (size_t)70000 * 20;
	char *group = malloc(size);
	struct sandbox box = {.passwd = SANDBOX_PASSWD, .group = group};
	static struct harness_proc proc;
	size_t len = 0;

	sandbox_need(true);
	/* Together with the primary group, 1000. */
	for (unsigned i = 0; i < 65536; i++)
		if (i != 1000)
			len += (size_t)snprintf(group + len, size - len, "g:x:%u:alice\n", i);
	assert_int_equal(SANDBOX_RUN(&proc, &box, "gosu", "alice", "/etc/probe", "ids"), 0);
	assert_non_null(strstr(proc.out_text, "groups\t0 1 2 3 "));
	snprintf(group + len, size - len, "g:x:70000:alice\n");
	check_refusal("gosu", "error: ", 1, &box, &(struct refusal){"alice", "more than 65536 groups"});
	free(group);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_what_a_spec_becomes, harness_alarm),
		cmocka_unit_test_setup(test_caller_without_entry, harness_alarm),
		cmocka_unit_test_setup(test_what_is_refused, harness_alarm),
		cmocka_unit_test_setup(test_long_names_are_cut, harness_alarm),
		cmocka_unit_test_setup(test_hostile_lines, harness_alarm),
		cmocka_unit_test_setup(test_group_limit, harness_alarm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
