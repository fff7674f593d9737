/* The native options on the real kernel. */
#include "test/suexec/sandbox.h"

#include <linux/capability.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>

static struct harness_proc proc;
static const struct sandbox sandbox = {.passwd = SANDBOX_PASSWD, .group = SANDBOX_GROUP};

#define NET  (UINT64_C(1) << CAP_NET_BIND_SERVICE)
#define NICE (UINT64_C(1) << CAP_SYS_NICE)

struct sets {
	uint64_t inheritable, permitted, effective, bounding, ambient;
	uint64_t no_new_privs;
};

static void check_sets(const char *what, const struct sets *expected)
{
	struct sets got = {.inheritable = sandbox_hex(&proc, "CapInh:"),
			   .permitted = sandbox_hex(&proc, "CapPrm:"),
			   .effective = sandbox_hex(&proc, "CapEff:"),
			   .bounding = sandbox_hex(&proc, "CapBnd:"),
			   .ambient = sandbox_hex(&proc, "CapAmb:"),
			   .no_new_privs = sandbox_hex(&proc, "NoNewPrivs:")};

	if (memcmp(&got, expected, sizeof(got)) != 0)
		fail_msg("%s: %s", what, proc.out_text);
}

#define STATUS "/bin/cat", "/proc/self/status"

/* This process's bounding set: in a container it is seldom complete. */
static uint64_t own_bounding(void)
{
	uint64_t set = 0;

	for (int cap = 0; cap < 64 && prctl(PR_CAPBSET_READ, cap) >= 0; cap++)
		if (prctl(PR_CAPBSET_READ, cap) == 1)
			set |= UINT64_C(1) << cap;
	return set;
}

static void run_status(const struct sandbox *box, const char *a, const char *b, const char *spec)
{
	const char *argv[8] = {"praekelt-suexec"};
	size_t n = 1;

	if (a)
		argv[n++] = a;
	if (b)
		argv[n++] = b;
	argv[n++] = spec;
	argv[n++] = "/bin/cat";
	argv[n++] = "/proc/self/status";
	int status = sandbox_run(&proc, box, argv);
	if (status != 0)
		fail_msg("%s %s %s: status %d, %s", a, b, spec, status, proc.err_text);
}

static void test_capability_sets(void **state)
{
	(void)state;
	const uint64_t all = own_bounding();

	sandbox_need(true);
	run_status(&sandbox, NULL, NULL, "alice");
	check_sets("plain", &(struct sets){.bounding = all});
	run_status(&sandbox, "-n", NULL, "alice");
	check_sets("-n", &(struct sets){.bounding = all, .no_new_privs = 1});
	run_status(&sandbox, "-k", "net_bind_service", "alice");
	check_sets("-k", &(struct sets){NET, NET, NET, all, NET, 0});
	run_status(&sandbox, "-kcap_sys_nice,NET_BIND_SERVICE", "-n", "alice");
	check_sets("-k -n", &(struct sets){NET | NICE, NET | NICE, NET | NICE, all, NET | NICE, 1});
	run_status(&sandbox, "-b", NULL, "alice");
	check_sets("-b", &(struct sets){.bounding = 0});
	run_status(&sandbox, "-bk", "sys_nice", "alice");
	check_sets("-bk", &(struct sets){NICE, NICE, NICE, NICE, NICE, 0});
	run_status(&sandbox, "-b", NULL, "root");
	check_sets("root -b", &(struct sets){.bounding = 0});
	run_status(&sandbox, "-bk", "sys_nice", "root");
	check_sets("root -bk", &(struct sets){NICE, NICE, NICE, NICE, NICE, 0});
	run_status(&sandbox, "-k", "setuid", "alice");
	check_sets("-k setuid", &(struct sets){1 << CAP_SETUID, 1 << CAP_SETUID, 1 << CAP_SETUID, all,
					       1 << CAP_SETUID, 0});
}

static void test_capabilities_that_cannot_be_kept(void **state)
{
	(void)state;
	struct sandbox box = sandbox;

	sandbox_need(true);
	assert_int_equal(SANDBOX_RUN(&proc, &box, "praekelt-suexec", "-k", "kill", "root", STATUS), 125);
	assert_non_null(strstr(proc.err_text, "--keep-caps requires --drop-bounding"));
	assert_int_equal(SANDBOX_RUN(&proc, &box, "praekelt-suexec", "-k", "nosuch", "alice", STATUS), 125);
	assert_non_null(strstr(proc.err_text, "unknown capability in 'nosuch'\nUsage: "));
	box.then = sandbox_become;
	box.uid = 1000;
	assert_int_equal(SANDBOX_RUN(&proc, &box, "praekelt-suexec", "-k", "kill", "alice", STATUS), 125);
	assert_non_null(strstr(proc.err_text, "cannot keep capability 'kill'"));
	assert_int_equal(SANDBOX_RUN(&proc, &box, "praekelt-suexec", "-b", "1000:1000", STATUS), 125);
	assert_non_null(
		strstr(proc.err_text,
		       "cannot limit the bounding set: Operation not permitted (CAP_SETPCAP is missing)\n"));
}

/* Gives the caller inheritable and ambient capabilities, as some engines do. */
static void with_ambient(const struct sandbox *box)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct half[2];

	if (syscall(SYS_capget, &header, half) < 0)
		sandbox_fail("capget");
	half[0].inheritable = (uint32_t)NET | 1 << CAP_SETUID | 1 << CAP_SETGID;
	if (syscall(SYS_capset, &header, half) < 0 ||
	    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_SETUID, 0, 0) ||
	    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_SETGID, 0, 0) ||
	    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_NET_BIND_SERVICE, 0, 0))
		sandbox_fail("ambient");
	/* The caller is an ordinary user who still has them. */
	if (box->uid && (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) < 0))
		sandbox_fail("keepcaps");
	if (box->uid) {
		sandbox_become(box);
		if (syscall(SYS_capget, &header, half) < 0)
			sandbox_fail("capget");
		half[0].effective = half[0].inheritable;
		half[1].effective = 0;
		if (syscall(SYS_capset, &header, half) < 0 ||
		    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_SETUID, 0, 0) ||
		    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_SETGID, 0, 0) ||
		    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_NET_BIND_SERVICE, 0, 0))
			sandbox_fail("ambient again");
	}
}

static void test_inherited_capabilities_go(void **state)
{
	(void)state;
	struct sandbox box = sandbox;
	const uint64_t all = own_bounding();

	sandbox_need(true);
	box.then = with_ambient;
	run_status(&box, NULL, NULL, "alice");
	check_sets("root to alice", &(struct sets){.bounding = all});
	box.uid = 1001;
	run_status(&box, NULL, NULL, "alice");
	check_sets("bob to alice, by ambient capabilities", &(struct sets){.bounding = all});
	assert_non_null(strstr(proc.out_text, "Uid:\t1000\t1000\t1000\t1000\n"));
	run_status(&box, NULL, NULL, "1001:1001");
	check_sets("bob to bob", &(struct sets){.bounding = all});
	run_status(&box, "-k", "net_bind_service", "alice");
	check_sets("bob to alice, one kept", &(struct sets){NET, NET, NET, all, NET, 0});
	/* The compatible names do the same. */
	assert_int_equal(SANDBOX_RUN(&proc, &box, "gosu", "alice", STATUS), 0);
	check_sets("gosu", &(struct sets){.bounding = all});
}

/* Makes a volume at /etc/vol, owned by the user box->uid and the group box->uid + 1. */
static void make_volume(const struct sandbox *box)
{
	if (mkdir("/etc/vol", 0755) < 0 || mount("tmpfs", "/etc/vol", "tmpfs", 0, "mode=0755") < 0 ||
	    chown("/etc/vol", box->uid, box->uid + 1) < 0 || symlink("/etc/vol", "/etc/link") < 0)
		sandbox_fail("volume");
}

static void check_owner(uid_t owner, const char *const *argv, int expected, const char *text)
{
	struct sandbox box = sandbox;

	box.then = make_volume;
	box.uid = owner;
	int status = sandbox_run(&proc, &box, argv);
	if (status != expected || !strstr(expected == 0 ? proc.out_text : proc.err_text, text))
		fail_msg("owner %u: status %d, %s%s", owner, status, proc.out_text, proc.err_text);
}

#define OWNER(...)                                                                                           \
	(const char *const[])                                                                                \
	{                                                                                                    \
		"praekelt-suexec", __VA_ARGS__, NULL                                                         \
	}

static void test_owner_of(void **state)
{
	(void)state;
	sandbox_need(true);
	check_owner(2000, OWNER("-o", "/etc/vol", "/etc/probe", "ids"), 0,
		    "uid\t2000\t2000\t2000\t2000\ngid\t2001\t2001\t2001\t2001\ngroups\t2001 \n");
	check_owner(2000, OWNER("-o", "/etc/link", "/etc/probe", "ids"), 0, "uid\t2000\t");
	check_owner(2000, OWNER("-o", "/etc/vol", "/etc/probe", "env"), 0, "env HOME=/\n");
	check_owner(1000, OWNER("--owner-of=/etc/vol", "/etc/probe", "ids"), 0,
		    "gid\t1001\t1001\t1001\t1001\ngroups\t44 50 1000 1001 \n");
	check_owner(1000, OWNER("-o", "/etc/vol", "/etc/probe", "env"), 0, "env HOME=/home/alice\n");
	check_owner(0, OWNER("-o", "/etc/vol", "/etc/probe", "ids"), 125,
		    "cannot switch to the owner of '/etc/vol': it belongs to root, which requires "
		    "--allow-root\n");
	check_owner(0, OWNER("-o", "/etc/vol", "--allow-root", "/etc/probe", "ids"), 0,
		    "uid\t0\t0\t0\t0\ngid\t1\t");
	check_owner(1, OWNER("-o", "/etc/nosuch", "/etc/probe", "ids"), 125,
		    "cannot switch to the owner of '/etc/nosuch': No such file or directory\n");
}

static void check(const char *const *argv, int expected, const char *text)
{
	int status = sandbox_run(&proc, &sandbox, argv);

	if (status != expected || !strstr(expected == 0 ? proc.out_text : proc.err_text, text))
		fail_msg("%s %s: status %d, %s%s", argv[1], argv[2], status, proc.out_text, proc.err_text);
}

#define CHECK(expected, text, ...)                                                                           \
	check((const char *const[]){"praekelt-suexec", __VA_ARGS__, NULL}, expected, text)

static void test_add_group(void **state)
{
	(void)state;
	sandbox_need(true);
	CHECK(0, "groups\t33 44 50 1000 \n", "-g", "www", "alice", "/etc/probe", "ids");
	CHECK(0, "groups\t33 50 4294967294 \n", "-g", "www", "-g4294967294", "-g", "+33", "alice:staff",
	      "/etc/probe", "ids");
	CHECK(0, "gid\t7\t7\t7\t7\ngroups\t7 33 \n", "-g", "www", "12345:7", "/etc/probe", "ids");
	CHECK(125, "unknown group 'nosuch'", "-g", "nosuch", "alice", "/etc/probe", "ids");
	CHECK(125, "group id '4294967295' is out of range", "-g", "4294967295", "alice", "/etc/probe", "ids");
	CHECK(125, "empty group name", "-g", "", "alice", "/etc/probe", "ids");
}

static void test_no_root(void **state)
{
	(void)state;
	sandbox_need(true);
	CHECK(0, "uid\t1000\t", "-R", "alice", "/etc/probe", "ids");
	CHECK(125, "cannot switch to user 'root': that is root, which --no-root refuses\n", "-R", "root",
	      "/etc/probe");
	CHECK(125, "that is root", "--no-root", "0:50", "/etc/probe", "ids");
	CHECK(125, "that is root", "-R", ":50", "/etc/probe", "ids");
	CHECK(125, "group 0 is among the groups", "-R", "alice:0", "/etc/probe", "ids");
	CHECK(125, "group 0 is among the groups", "-R", "12345", "/etc/probe", "ids");
	CHECK(125, "group 0 is among the groups", "-R", "-g", "root", "alice", "/etc/probe", "ids");
}

static void test_login_env(void **state)
{
	(void)state;
	sandbox_need(true);
	CHECK(0, "env USER=alice\n", "-e", "alice", "/etc/probe", "env");
	assert_non_null(strstr(proc.out_text, "env LOGNAME=alice\n"));
	assert_non_null(strstr(proc.out_text, "env SHELL=/bin/ash\n"));
	assert_non_null(strstr(proc.out_text, "env HOME=/home/alice\n"));
	CHECK(0, "env USER=alice\n", "-e", "1000:50", "/etc/probe", "env");
	/* A number that is not in passwd, such as OpenShift chooses. */
	CHECK(0, "env USER=12345\n", "-e", "12345", "/etc/probe", "env");
	assert_non_null(strstr(proc.out_text, "env LOGNAME=12345\n"));
	assert_non_null(strstr(proc.out_text, "env SHELL=/bin/sh\n"));
	assert_non_null(strstr(proc.out_text, "env HOME=/\n"));
	CHECK(0, "env USER=4294967294\n", "-e", "+04294967294:50", "/etc/probe", "env");
}

static void make_private(const struct sandbox *box)
{
	(void)box;
	if (mkdir("/etc/private", 0700) < 0)
		sandbox_fail("mkdir");
}

static void test_chdir(void **state)
{
	(void)state;
	sandbox_need(true);
	CHECK(0, "/etc/bin\n", "-C", "/etc/bin", "alice", "/bin/pwd");
	CHECK(125, "cannot change to '/nosuch': No such file or directory\n", "-C", "/nosuch", "alice",
	      "/bin/pwd");
	CHECK(0, "/\n", "-C", "/", "root", "/bin/pwd");
	/* It happens after the drop: root can enter this directory, alice cannot. */
	struct sandbox box = sandbox;
	box.then = make_private;
	static const char *const users[] = {"root", "alice"};
	for (int i = 0; i < 2; i++)
		assert_int_equal(SANDBOX_RUN(&proc, &box, "praekelt-suexec", "-C", "/etc/private", users[i],
					     "/bin/pwd"),
				 i == 0 ? 0 : 125);
	assert_string_equal(proc.err_text,
			    "praekelt-suexec: cannot change to '/etc/private': Permission denied\n");
}

static void exec_words(const char *const *argv)
{
	union {
		const char *const *from;
		char *const *to;
	} words = {.from = argv};
	char path[4096];

	snprintf(path, sizeof(path), "%s", harness_bin("praekelt-suexec"));
	execv(path, words.to);
	_exit(123);
}

/* For run_on_terminal(): as that session's leader. */
static void as_leader(const char *const *argv)
{
	exec_words(argv);
}

static void run_child(const char *const *argv, bool leads_group)
{
	int status;

	pid_t child = fork();
	if (child == 0) {
		if (leads_group)
			setpgid(0, 0);
		exec_words(argv);
	}
	waitpid(child, &status, 0);
	printf("leader %d child %d status %d\n", getpid(), child,
	       WIFEXITED(status) ? WEXITSTATUS(status) : 255);
	fflush(stdout);
	_exit(0);
}

/* As a child of the leader, in its process group, as in a script. */
static void as_child(const char *const *argv)
{
	run_child(argv, false);
}

/* As a child that leads a process group, as a shell with job control starts it. */
static void as_job(const char *const *argv)
{
	run_child(argv, true);
}

/* As the leader of a session that has no terminal. */
static void as_leader_without(const char *const *argv)
{
	int status;

	pid_t child = fork();
	if (child == 0) {
		setsid();
		exec_words(argv);
	}
	waitpid(child, &status, 0);
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 255);
}

/*
 * Runs argv in a session with a terminal of its own on standard input. Returns its exit status; output goes
 * to out, by a pipe: if a session leader ends, the kernel discards what was not read from its terminal.
 */
static int run_on_terminal(void (*as)(const char *const *), const char *const *argv, char *out, size_t size)
{
	int terminal, status, output[2];
	size_t len = 0;
	ssize_t n;

	assert_int_equal(pipe2(output, O_CLOEXEC), 0);
	pid_t leader = forkpty(&terminal, NULL, NULL, NULL);
	assert_true(leader >= 0);
	if (leader == 0) {
		dup2(output[1], STDOUT_FILENO);
		dup2(output[1], STDERR_FILENO);
		as(argv);
	}
	close(output[1]);
	while (len < size - 1 && (n = read(output[0], out + len, size - 1 - len)) > 0)
		len += (size_t)n;
	out[len] = '\0';
	close(output[0]);
	close(terminal);
	assert_int_equal(waitpid(leader, &status, 0), leader);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* A spec for the user who runs the test. Without root it works only if that user has no further groups. */
static const char *own_spec(void)
{
	static char own[32];

	snprintf(own, sizeof(own), ":%u", (unsigned)getegid());
	if (geteuid() != 0 && getgroups(0, NULL) > 1) {
		print_message("# SKIP needs root, or a user without further groups\n");
		skip();
	}
	return own;
}

static void check_session(void (*as)(const char *const *), bool new_session)
{
	const char *argv[] = {
		"praekelt-suexec", new_session ? "-s" : "--", own_spec(), harness_probe(), "session", NULL};
	char out[4096];
	int leader, child, status, pid, ppid, pgid, sid, foreground;

	assert_int_equal(run_on_terminal(as, argv, out, sizeof(out)), 0);
	const char *line = strstr(out, "pid "), *end = strstr(out, "leader ");
	if (!line || !end)
		fail_msg("%s", out);
	assert_int_equal(sscanf(line, "pid %d ppid %d pgid %d sid %d foreground %d", &pid, &ppid, &pgid, &sid,
				&foreground),
			 5);
	assert_int_equal(sscanf(end, "leader %d child %d status %d", &leader, &child, &status), 3);
	assert_int_equal(status, 0);
	/* The process and its parent are the same. */
	assert_int_equal(pid, child);
	assert_int_equal(ppid, leader);
	assert_int_equal(sid, new_session ? child : leader);
	assert_int_equal(pgid, new_session || as == as_job ? child : leader);
	/* Without a controlling terminal tcgetpgrp() fails. */
	assert_int_equal(foreground, new_session ? -1 : leader);
}

static void test_setsid(void **state)
{
	(void)state;
	for (int new_session = 0; new_session < 2; new_session++) {
		check_session(as_child, new_session);
		check_session(as_job, new_session);
	}
}

/* A session leader cannot leave its terminal, so the command could push input into it. */
static void test_setsid_of_a_leader(void **state)
{
	(void)state;
	const char *own = own_spec();
	const char *argv[] = {"praekelt-suexec", "-s", own, harness_probe(), "session", NULL};
	char out[4096];

	assert_int_equal(run_on_terminal(as_leader, argv, out, sizeof(out)), 125);
	assert_null(strstr(out, "pid "));
	assert_non_null(
		strstr(out, "cannot start a session: this process leads the session of its terminal"));
	assert_int_equal(run_on_terminal(as_leader_without, argv, out, sizeof(out)), 0);
	assert_non_null(strstr(out, "foreground -1"));
}

static void lead_session_without_dev(const struct sandbox *box)
{
	(void)box;
	if (setsid() < 0 || mount("tmpfs", "/dev", "tmpfs", 0, NULL) < 0)
		sandbox_fail("session");
}

/* If /dev/tty cannot be opened, there may be a terminal. */
static void test_setsid_without_dev_tty(void **state)
{
	(void)state;
	struct sandbox box = sandbox;

	sandbox_need(true);
	box.then = lead_session_without_dev;
	assert_int_equal(SANDBOX_RUN(&proc, &box, "praekelt-suexec", "-s", "alice", "/etc/probe", "session"),
			 125);
	assert_string_equal(proc.err_text,
			    "praekelt-suexec: cannot start a session: /dev/tty: No such file or directory\n");
	assert_int_equal(proc.out_len, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_capability_sets, harness_alarm),
		cmocka_unit_test_setup(test_capabilities_that_cannot_be_kept, harness_alarm),
		cmocka_unit_test_setup(test_inherited_capabilities_go, harness_alarm),
		cmocka_unit_test_setup(test_owner_of, harness_alarm),
		cmocka_unit_test_setup(test_add_group, harness_alarm),
		cmocka_unit_test_setup(test_no_root, harness_alarm),
		cmocka_unit_test_setup(test_login_env, harness_alarm),
		cmocka_unit_test_setup(test_chdir, harness_alarm),
		cmocka_unit_test_setup(test_setsid, harness_alarm),
		cmocka_unit_test_setup(test_setsid_of_a_leader, harness_alarm),
		cmocka_unit_test_setup(test_setsid_without_dev_tty, harness_alarm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
