/*
 * Without privilege: a caller that is the user already may run the command, and for all others the message
 * names the missing capability. And user namespaces in which setgroups() is denied.
 */
#include "test/suexec/sandbox.h"

#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>

static struct harness_proc proc;
static char passwd[512], group[256];

/* "me" is this user, or 1000:1000 if this user is root. */
static void be_listed(struct sandbox *box, gid_t *gid)
{
	uid_t uid = geteuid() ? geteuid() : 1000;

	*gid = geteuid() ? getegid() : 1000;
	snprintf(passwd, sizeof(passwd), "root:x:0:0::/root:\nme:x:%u:%u::/me:\nother:x:%u:%u::/other:\n",
		 uid, *gid, uid - 1, *gid);
	snprintf(group, sizeof(group), "mine:x:%u:\n", *gid);
	*box = (struct sandbox){.passwd = passwd, .group = group, .uid = uid};
}

/* This user's other groups are not mapped in the sandbox's user namespace. */
static void need_no_further_groups(gid_t gid)
{
	gid_t gids[2];
	int count = getgroups(0, NULL);

	if (geteuid() != 0 && (count > 1 || (count == 1 && (getgroups(1, gids) != 1 || gids[0] != gid)))) {
		print_message("# SKIP needs root, or a user without further groups\n");
		skip();
	}
}

static void expect(const struct sandbox *box, const char *program, const char *spec, int expected,
		   const char *text)
{
	int status = SANDBOX_RUN(&proc, box, program, spec, "/etc/probe", "ids");

	if (status != expected || !strstr(expected == 0 ? proc.out_text : proc.err_text, text))
		fail_msg("%s '%s': status %d, %s%s", program, spec, status, proc.out_text, proc.err_text);
}

static void test_as_oneself(void **state)
{
	(void)state;
	static const char *const programs[] = {"gosu", "su-exec", "praekelt-suexec"};
	struct sandbox box;
	char text[64], both[32], number[16], group_only[16];
	gid_t gid;

	be_listed(&box, &gid);
	sandbox_need(false);
	need_no_further_groups(gid);
	box.then = sandbox_become;
	snprintf(text, sizeof(text), "uid\t%u\t%u\t%u\t%u\ngid\t%u\t", box.uid, box.uid, box.uid, box.uid,
		 gid);
	snprintf(number, sizeof(number), "%u", box.uid);
	snprintf(both, sizeof(both), "%u:%u", box.uid, gid);
	snprintf(group_only, sizeof(group_only), ":%u", gid);
	const char *const specs[] = {"me", "me:", number, both, group_only, "", ":"};
	for (size_t i = 0; i < 7; i++)
		/* The native name refuses the two empty ones. */
		for (size_t k = 0; k < (i < 5 ? 3 : 2); k++)
			expect(&box, programs[k], specs[i], 0, text);
	assert_int_equal(SANDBOX_RUN(&proc, &box, "gosu", "me", "/etc/probe", "env"), 0);
	assert_non_null(strstr(proc.out_text, "env HOME=/me\n"));
}

static void test_as_another(void **state)
{
	(void)state;
	struct sandbox box;
	gid_t gid;

	be_listed(&box, &gid);
	sandbox_need(false);
	box.then = sandbox_become;
	expect(&box, "gosu", "root", 1,
	       "error: cannot switch to user 'root': setgroups: Operation not permitted (CAP_SETGID is "
	       "missing)\n");
	expect(&box, "su-exec", "other", 1, "(CAP_SETGID is missing)\n");
	expect(&box, "praekelt-suexec", ":0", 125, "(CAP_SETGID is missing)\n");
	expect(&box, "praekelt-suexec", "0", 125, "(CAP_SETGID is missing)\n");
}

/* The groups of a list, "44 50". */
static void set_group_list(const char *list)
{
	gid_t gids[8];
	size_t count = 0;
	char *end;

	for (; *list; list = end)
		gids[count++] = (gid_t)strtoul(list, &end, 10);
	if (setgroups(count, gids) < 0)
		sandbox_fail("setgroups");
}

/* As 1000:1000 with the groups that box->text lists. */
static void with_groups(const struct sandbox *box)
{
	set_group_list(box->text);
	if (setresgid(1000, 1000, 1000) < 0 || setresuid(1000, 1000, 1000) < 0)
		sandbox_fail("with_groups");
}

static void test_groups_must_be_the_same(void **state)
{
	(void)state;
	struct sandbox box = {.passwd = SANDBOX_PASSWD, .group = SANDBOX_GROUP, .then = with_groups};

	sandbox_need(true);
	/* Alice has 44, 50 and 1000. */
	box.text = "44 50 1000";
	expect(&box, "gosu", "alice", 0, "groups\t44 50 1000 \n");
	box.text = "1000 50 44 50";
	expect(&box, "gosu", "alice", 0, "groups\t44 50 50 1000 \n");
	/* Engines leave the primary group out of the supplementary groups. That is accepted. */
	box.text = "44 50";
	expect(&box, "gosu", "alice", 0, "groups\t44 50 \n");
	box.text = "";
	expect(&box, "gosu", "1000:1000", 0, "groups\t \n");
	static const char *const wrong[] = {"", "44", "44 1000", "44 50 1000 1001", "44 50 33", "33", "0"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		box.text = wrong[i];
		expect(&box, "gosu", "alice", 1, "(CAP_SETGID is missing)");
	}
}

/* Root without one capability. */
static void without_cap(const struct sandbox *box)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct half[2];

	/* Out of the bounding set, so that root does not get it back at exec. */
	if (prctl(PR_CAPBSET_DROP, box->uid) < 0 || syscall(SYS_capget, &header, half) < 0)
		sandbox_fail("capbset");
	half[0].permitted &= ~(1u << box->uid);
	half[0].effective = half[0].permitted;
	if (syscall(SYS_capset, &header, half) < 0)
		sandbox_fail("capset");
}

static void test_root_without_a_capability(void **state)
{
	(void)state;
	struct sandbox box = {.passwd = SANDBOX_PASSWD, .group = SANDBOX_GROUP, .then = without_cap};

	sandbox_need(true);
	box.uid = CAP_SETGID;
	expect(&box, "gosu", "alice", 1, "setgroups: Operation not permitted (CAP_SETGID is missing)\n");
	box.uid = CAP_SETUID;
	expect(&box, "gosu", "alice", 1, "setresuid: Operation not permitted (CAP_SETUID is missing)\n");
	/* Without CAP_SETPCAP the plain drop works. */
	box.uid = CAP_SETPCAP;
	expect(&box, "gosu", "alice", 0, "uid\t1000\t");
}

/*
 * Enters a user namespace that maps the first sandbox->uid user and group ids to themselves. text begins with
 * "allow" or "deny", for setgroups(), and then lists the groups. Only a process outside can write such a map.
 */
static void enter_userns(const struct sandbox *box)
{
	char path[64], map[64];
	int to_helper[2], from_helper[2];
	pid_t self = getpid();
	char byte = 0;

	set_group_list(box->text + strlen("deny "));
	if (pipe(to_helper) < 0 || pipe(from_helper) < 0)
		sandbox_fail("pipe");
	pid_t helper = fork();
	if (helper == 0) {
		if (read(to_helper[0], &byte, 1) != 1)
			_exit(1);
		snprintf(path, sizeof(path), "/proc/%d/setgroups", self);
		sandbox_write(path, box->text, strcspn(box->text, " "));
		/* In two ranges, if there are enough ids. */
		snprintf(map, sizeof(map), box->uid > 1000 ? "0 0 1000\n1000 1000 %u" : "0 0 %u",
			 box->uid > 1000 ? box->uid - 1000 : box->uid);
		snprintf(path, sizeof(path), "/proc/%d/uid_map", self);
		sandbox_write(path, map, strlen(map));
		snprintf(path, sizeof(path), "/proc/%d/gid_map", self);
		sandbox_write(path, map, strlen(map));
		_exit(write(from_helper[1], &byte, 1) != 1);
	}
	close(from_helper[1]);
	if (helper < 0 || unshare(CLONE_NEWUSER) < 0 || write(to_helper[1], &byte, 1) != 1 ||
	    read(from_helper[0], &byte, 1) != 1 || waitpid(helper, NULL, 0) != helper)
		sandbox_fail("user namespace");
	close(to_helper[0]);
	close(to_helper[1]);
	close(from_helper[0]);
}

static void test_user_namespaces(void **state)
{
	(void)state;
	static const struct {
		const char *groups; /* "deny " or "allow" and a list */
		unsigned mapped;
		int status;
		const char *spec;
		const char *text;
	} rows[] = {
		{"allow", 70000, 0, "alice", "groups\t44 50 1000 \n"},
		{"allow 7", 70000, 0, "alice", "groups\t44 50 1000 \n"},
		{"allow", 1000, 1, "alice",
		 "setgroups: Invalid argument (an id that this user namespace does not map)"},
		{"allow", 1001, 1, "2000:50", "setresuid: Invalid argument (an id that this user"},
		{"deny ", 70000, 0, "alice",
		 "uid\t1000\t1000\t1000\t1000\ngid\t1000\t1000\t1000\t1000\ngroups\t \n"},
		{"deny 50", 70000, 0, "alice", "groups\t50 \n"},
		{"deny 44 1000", 70000, 0, "alice", "groups\t44 1000 \n"},
		{"deny 44 7", 70000, 1, "alice", "setgroups is denied in this user namespace"},
		{"deny 0", 70000, 1, "alice", "setgroups is denied in this user namespace"},
		{"deny 50", 70000, 1, "12345:23456", "setgroups is denied in this user namespace"},
		{"deny 50", 70000, 0, "12345:50", "uid\t12345\t"},
		{"deny 0", 70000, 0, "root", "uid\t0\t"},
		{"deny ", 70000, 0, "root", "uid\t0\t"},
	};
	struct sandbox box = {.passwd = SANDBOX_PASSWD, .group = SANDBOX_GROUP, .then = enter_userns};

	sandbox_need(true);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		box.text = rows[i].groups;
		box.uid = rows[i].mapped;
		expect(&box, "gosu", rows[i].spec, rows[i].status, rows[i].text);
	}
}

/* Volumes, each named after its owner and group, and then the user namespace. */
static void volumes_in_userns(const struct sandbox *box)
{
	static const uid_t owners[][2] = {{1000, 50}, {100000, 50}, {1000, 100000}, {65534, 65534}};
	char path[64];

	for (size_t i = 0; i < sizeof(owners) / sizeof(owners[0]); i++) {
		snprintf(path, sizeof(path), "/etc/%u-%u", owners[i][0], owners[i][1]);
		sandbox_write(path, "", 0);
		if (chown(path, owners[i][0], owners[i][1]) < 0)
			sandbox_fail(path);
	}
	sandbox_write("/etc/overflow", "1000\n", 5);
	if (strstr(box->text, "allow ") &&
	    mount("/etc/overflow", "/proc/sys/kernel/overflowuid", NULL, MS_BIND, NULL) < 0)
		sandbox_fail("overflowuid");
	if (box->uid)
		enter_userns(box);
}

/* An owner that is not mapped looks like nobody, and must not be taken for nobody. */
static void test_owner_that_is_not_mapped(void **state)
{
	(void)state;
	static const struct {
		unsigned mapped; /* 0: no user namespace */
		bool overflow_is_1000;
		const char *path, *text;
	} rows[] = {
		{70000, false, "/etc/1000-50", "uid\t1000\t"},
		{70000, true, "/etc/1000-50", NULL},
		{70000, true, "/etc/100000-50", "uid\t65534\t"},
		{70000, false, "/etc/100000-50", NULL},
		{70000, false, "/etc/1000-100000", NULL},
		{70000, false, "/etc/65534-65534", NULL},
		{4294967295, false, "/etc/65534-65534", "uid\t65534\t"},
		{4294967295, false, "/etc/100000-50", "uid\t100000\t"},
		{0, false, "/etc/65534-65534", "uid\t65534\t"},
		{0, false, "/etc/1000-100000", "gid\t100000\t"},
	};
	struct sandbox box = {.passwd = SANDBOX_PASSWD, .group = SANDBOX_GROUP, .then = volumes_in_userns};

	sandbox_need(true);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		box.uid = rows[i].mapped;
		box.text = rows[i].overflow_is_1000 ? "allow 7" : "allow";
		int status = SANDBOX_RUN(&proc, &box, "praekelt-suexec", "--owner-of", rows[i].path,
					 "/etc/probe", "ids");
		if (rows[i].text ? status != 0 || !strstr(proc.out_text, rows[i].text)
				 : status != 125 || proc.out_len ||
					   !strstr(proc.err_text, "this user namespace does not map its "
								  "owner or group\n"))
			fail_msg("%u, %s: status %d, %s%s", rows[i].mapped, rows[i].path, status,
				 proc.out_text, proc.err_text);
	}
}

/* become.c calls the one with 32-bit ids. */
#ifdef SYS_setgroups32
#undef SYS_setgroups
#define SYS_setgroups SYS_setgroups32
#endif

/* Like an engine's seccomp profile. */
static void refuse_setgroups(unsigned error)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_setgroups, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog program = {.len = sizeof(filter) / sizeof(filter[0]), .filter = filter};

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0)
		sandbox_fail("seccomp");
}

static void as_root_refused(const struct sandbox *box)
{
	set_group_list(box->text);
	refuse_setgroups(EPERM);
}

static void as_root_refused_without_proc(const struct sandbox *box)
{
	if (mount("tmpfs", "/proc", "tmpfs", 0, NULL) < 0)
		sandbox_fail("/proc");
	as_root_refused(box);
}

static void in_userns_refused(const struct sandbox *box)
{
	enter_userns(box);
	refuse_setgroups(EINVAL);
}

/* Groups may stay only in a user namespace that denies setgroups(). If the call fails otherwise, so does the
 * drop. */
static void test_setgroups_fails_otherwise(void **state)
{
	(void)state;
	struct sandbox box = {
		.passwd = SANDBOX_PASSWD, .group = SANDBOX_GROUP, .then = as_root_refused, .uid = 70000};

	sandbox_need(true);
	box.text = "50";
	expect(&box, "gosu", "alice", 1, "setgroups: Operation not permitted\n");
	box.then = as_root_refused_without_proc;
	expect(&box, "gosu", "alice", 1, "setgroups: Operation not permitted\n");
	box.then = in_userns_refused;
	box.text = "deny 50";
	expect(&box, "gosu", "alice", 1, "setgroups: Invalid argument");
}

static void enter_userns_as_user(const struct sandbox *box)
{
	enter_userns(box);
	if (setresgid(1001, 1001, 1001) < 0 || setresuid(1001, 1001, 1001) < 0)
		sandbox_fail("setresuid");
}

/* Without the capability the message names it, whether setgroups() is denied or not. */
static void test_user_of_a_user_namespace(void **state)
{
	(void)state;
	struct sandbox box = {
		.passwd = SANDBOX_PASSWD, .group = SANDBOX_GROUP, .then = enter_userns_as_user, .uid = 70000};

	sandbox_need(true);
	box.text = "deny ";
	expect(&box, "gosu", "alice", 1, "setgroups: Operation not permitted (CAP_SETGID is missing)\n");
	expect(&box, "gosu", "1001:1001", 0, "uid\t1001\t");
	box.text = "allow";
	expect(&box, "gosu", "alice", 1, "setgroups: Operation not permitted (CAP_SETGID is missing)\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_as_oneself, harness_alarm),
		cmocka_unit_test_setup(test_as_another, harness_alarm),
		cmocka_unit_test_setup(test_groups_must_be_the_same, harness_alarm),
		cmocka_unit_test_setup(test_root_without_a_capability, harness_alarm),
		cmocka_unit_test_setup(test_user_namespaces, harness_alarm),
		cmocka_unit_test_setup(test_owner_that_is_not_mapped, harness_alarm),
		cmocka_unit_test_setup(test_setgroups_fails_otherwise, harness_alarm),
		cmocka_unit_test_setup(test_user_of_a_user_namespace, harness_alarm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
