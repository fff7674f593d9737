/*
 * praekelt-init: what the child inherits, and the errors if it cannot be started.
 *
 * This program is its own child where the probe does not do: it is run again with a word that says what to
 * do.
 */
#include "test/init/cgroup.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static struct harness_proc proc;

/* Each way to start a child: in a group or a session of its own, or in the init's group. */
#define WAYS 5
static const char *const ways[WAYS][3] = {
	{"tini", "-s"}, {"dumb-init", "--"}, {"dumb-init", "-c"}, {"dinit", "--"}, {"dinit", "-S"},
};

static int run_way(int way, void (*before_exec)(void *), void *arg, const char *const *command)
{
	const char *argv[16] = {ways[way][0], ways[way][1]};

	for (int i = 0; command[i]; i++)
		argv[i + 2] = command[i];
	return harness_run(&proc,
			   &(struct harness_spec){.argv = argv, .before_exec = before_exec, .arg = arg});
}

#define COMMAND(...) ((const char *const[]){__VA_ARGS__, NULL})

/* glibc's sigprocmask() would leave 32 and 33 out, so this makes the system call. */
static void odd_signals(void *arg)
{
	uint64_t mask = UINT64_C(0x8000000300005001);

	(void)arg;
	for (int n = 1; n < 32; n++)
		signal(n, SIG_DFL); /* whatever the tests were started with */
	syscall(SYS_rt_sigprocmask, SIG_SETMASK, &mask, NULL, sizeof(mask));
	signal(SIGCHLD, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	signal(SIGTTOU, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
}

static void test_mask_and_dispositions(void **state)
{
	(void)state;
	for (int way = 0; way < WAYS; way++) {
		assert_int_equal(run_way(way, odd_signals, NULL, COMMAND(harness_probe(), "signals")), 0);
		assert_non_null(strstr(proc.out_text, "8000000300005001\n"));
		/* HUP PIPE CHLD TTOU; 32 and up are whatever the tests were started with. */
		const char *ignored = strstr(proc.out_text, "ignored\t");
		assert_non_null(ignored);
		assert_int_equal(strtoull(ignored + 8, NULL, 16) & 0x7fffffff, 0x211001);
	}
}

static void test_status_with_sigchld_ignored(void **state)
{
	(void)state;
	for (int way = 0; way < WAYS; way++)
		assert_int_equal(run_way(way, odd_signals, NULL, COMMAND(harness_probe(), "exit", "7")), 7);
}

static void in_a_directory_with_descriptors(void *arg)
{
	(void)arg;
	for (int fd = 3; fd < 1024; fd++)
		close(fd); /* whatever the tests were started with */
	if (chdir("/usr/share") < 0 || dup2(STDIN_FILENO, 7) < 0 || dup2(STDIN_FILENO, 200) < 0)
		_exit(120);
}

static void test_cwd_and_descriptors_are_inherited(void **state)
{
	(void)state;
	for (int way = 0; way < WAYS; way++) {
		run_way(way, in_a_directory_with_descriptors, NULL, COMMAND(harness_probe(), "fds"));
		assert_string_equal(proc.out_text, "fds 0 1 2 7 200\n");
		run_way(way, in_a_directory_with_descriptors, NULL, COMMAND("/bin/pwd"));
		assert_string_equal(proc.out_text, "/usr/share\n");
	}
}

static void test_init_lets_go(void **state)
{
	(void)state;
	char path[64], link[64];

	for (int way = 0; way < WAYS; way++) {
		const char *argv[] = {ways[way][0], ways[way][1], harness_probe(), "wait", NULL};
		struct harness_spec spec = {.argv = argv, .before_exec = in_a_directory_with_descriptors};
		harness_start(&proc, &spec);
		harness_wait_for(&proc, "ready");
		snprintf(path, sizeof(path), "/proc/%d/cwd", proc.pid);
		/* The child may run before the init has left its directory. */
		for (;;) {
			ssize_t n = readlink(path, link, sizeof(link));
			if (n == 1 && link[0] == '/')
				break;
			usleep(1000);
		}
		snprintf(path, sizeof(path), "/proc/%d/fd/200", proc.pid);
		while (readlink(path, link, sizeof(link)) >= 0)
			usleep(1000);
		snprintf(path, sizeof(path), "/proc/%d/fd/7", proc.pid);
		assert_int_equal(readlink(path, link, sizeof(link)), -1);
		const pid_t child = harness_child(proc.pid);
		assert_true(child > 0);
		kill(child, SIGKILL);
		assert_int_equal(harness_finish(&proc), 137);
	}
}

static void session_of(int way, int *pid, int *ppid, int *pgid, int *sid)
{
	run_way(way, NULL, NULL, COMMAND(harness_probe(), "session"));
	assert_int_equal(sscanf(proc.out_text, "pid %d ppid %d pgid %d sid %d", pid, ppid, pgid, sid), 4);
	assert_int_equal(*ppid, proc.pid);
}

static void test_group_and_session(void **state)
{
	(void)state;
	int pid, ppid, pgid, sid;

	session_of(0, &pid, &ppid, &pgid, &sid);
	assert_int_equal(pgid, pid);
	assert_int_equal(sid, getsid(0));
	session_of(1, &pid, &ppid, &pgid, &sid);
	assert_int_equal(pgid, pid);
	assert_int_equal(sid, pid);
	session_of(2, &pid, &ppid, &pgid, &sid);
	assert_int_equal(pgid, getpgrp());
	assert_int_equal(sid, getsid(0));
	session_of(3, &pid, &ppid, &pgid, &sid);
	assert_int_equal(pgid, pid);
	assert_int_equal(sid, getsid(0));
	session_of(4, &pid, &ppid, &pgid, &sid);
	assert_int_equal(sid, pid);
}

static void listen_pid_is_ours(void *arg)
{
	char value[32];

	(void)arg;
	snprintf(value, sizeof(value), "%d", getpid());
	setenv("LISTEN_PID", value, 1);
	setenv("LISTEN_PIDFDID", "1234", 1);
	setenv("LISTEN_FDS", "1", 1);
}

/* harness_run() executes the program with the environment that the test has by then. */
static void test_listen_pid(void **state)
{
	(void)state;
	for (int way = 0; way < WAYS; way++) {
		run_way(way, listen_pid_is_ours, NULL,
			COMMAND("/bin/sh", "-c",
				"test $LISTEN_PID = $$ && echo is mine ${LISTEN_PIDFDID-alone} $LISTEN_FDS"));
		assert_string_equal(proc.out_text, "is mine alone 1\n");
	}
	/* A LISTEN_PID of another process stays, and its LISTEN_PIDFDID too. */
	setenv("LISTEN_PID", "1", 1);
	setenv("LISTEN_PIDFDID", "5", 1);
	run_way(0, NULL, NULL, COMMAND("/bin/sh", "-c", "echo $LISTEN_PID $LISTEN_PIDFDID"));
	unsetenv("LISTEN_PID");
	unsetenv("LISTEN_PIDFDID");
	assert_string_equal(proc.out_text, "1 5\n");
}

static char dir[] = "/tmp/live_spawn.XXXXXX";

static void make_file(const char *name, const char *text, mode_t mode)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0700);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	fchmod(fd, mode);
	close(fd);
}

static int make_dir(void **state)
{
	char path[128];

	(void)state;
	if (!mkdtemp(dir))
		return -1;
	chmod(dir, 0755);
	make_file("bare", "echo bare \"$0\" \"$@\"\n", 0755);
	make_file("plain", "", 0644);
	make_file("here", "#!/bin/sh\necho here\n", 0755);
	make_file("lost", "#!/nowhere/to/be/found\n", 0755);
	snprintf(path, sizeof(path), "%s/loop", dir);
	return symlink("loop", path);
}

static int remove_dir(void **state)
{
	static const char *const names[] = {"bare", "plain", "here", "lost", "loop", "script"};
	char path[128];

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, names[i]);
		unlink(path);
	}
	return rmdir(dir);
}

static void in_dir(void *path)
{
	if (path)
		setenv("PATH", path, 1);
	if (chdir(dir) < 0)
		_exit(120);
}

static void test_script_without_a_first_line(void **state)
{
	(void)state;
	char expected[256], path[128];

	snprintf(path, sizeof(path), "%s/bare", dir);
	snprintf(expected, sizeof(expected), "bare %s a b c\n", path);
	for (int way = 0; way < WAYS; way++) {
		run_way(way, NULL, NULL, COMMAND(path, "a", "b c"));
		assert_string_equal(proc.out_text, expected);
		run_way(way, in_dir, dir, COMMAND("bare", "a", "b c"));
		assert_string_equal(proc.out_text, expected);
	}
	/* Without arguments the shell's name goes into the slot of the init's own. */
	HARNESS_RUN(&proc, "dinit", path);
	snprintf(expected, sizeof(expected), "bare %s\n", path);
	assert_string_equal(proc.out_text, expected);
}

static void test_search_in_path(void **state)
{
	(void)state;
	char path[512];
	static char empty_element[] = "/nowhere:", none[] = "/nowhere:/etc/passwd";

	/* The search skips files that cannot be executed, and remembers the error. */
	snprintf(path, sizeof(path), "/nowhere:/etc/passwd:%s", dir);
	run_way(0, in_dir, path, COMMAND("here"));
	assert_string_equal(proc.out_text, "here\n");
	run_way(0, in_dir, empty_element, COMMAND("here"));
	assert_string_equal(proc.out_text, "here\n");
	assert_int_equal(run_way(0, in_dir, none, COMMAND("here")), 127);
	assert_int_equal(run_way(0, in_dir, path, COMMAND("plain")), 126);
	assert_int_equal(run_way(0, in_dir, path, COMMAND("lost")), 127);
	assert_int_equal(run_way(0, in_dir, path, COMMAND("./here")), 0);
	/* Any other error, here too many symbolic links, ends the search and is reported. */
	snprintf(path, sizeof(path), "%s:/bin", dir);
	assert_int_equal(run_way(0, in_dir, path, COMMAND("loop")), 1);
}

static void no_path(void *arg)
{
	(void)arg;
	unsetenv("PATH");
}

/* arg: the length of its first element. */
static void long_path(void *arg)
{
	static char path[100000];
	const size_t len = *(size_t *)arg;

	memset(path, '/', len); /* a name of that length would be another error */
	memcpy(path + len, ":/bin", 6);
	setenv("PATH", path, 1);
}

static void test_odd_paths(void **state)
{
	(void)state;
	size_t lengths[] = {500, 3000, 4090, 90000};

	assert_int_equal(run_way(0, no_path, NULL, COMMAND("true")), 0);
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++)
		assert_int_equal(run_way(0, long_path, &lengths[i], COMMAND("true")), 0);
}

static void test_exec_failures(void **state)
{
	(void)state;
	static const struct {
		int way, status;
		const char *command, *words;
	} rows[] = {
		{0, 127, "nonexist", "exec nonexist failed: No such file or directory\n"},
		{0, 126, "/etc/passwd", "exec /etc/passwd failed: Permission denied\n"},
		{0, 126, "/etc", "exec /etc failed: Permission denied\n"},
		{0, 1, "/etc/passwd/x", "exec /etc/passwd/x failed: Not a directory\n"},
		{0, 127, "", "exec  failed: No such file or directory\n"},
		{1, 2, "nonexist", "[dumb-init] nonexist: No such file or directory\n"},
		{2, 2, "/etc/passwd", "[dumb-init] /etc/passwd: Permission denied\n"},
		{3, 127, "nonexist", "praekelt-init: cannot run 'nonexist': No such file or directory\n"},
		{3, 126, "/etc/passwd", "praekelt-init: cannot run '/etc/passwd': Permission denied\n"},
		{4, 126, "/etc/passwd/x", "praekelt-init: cannot run '/etc/passwd/x': Not a directory\n"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(run_way(rows[i].way, NULL, NULL, COMMAND(rows[i].command)), rows[i].status);
		if (!strstr(proc.err_text, rows[i].words))
			fail_msg("'%s' says: %s", rows[i].command, proc.err_text);
	}
}

static void test_name_too_long(void **state)
{
	(void)state;
	static char name[5000];

	memset(name, 'n', sizeof(name) - 1);
	assert_int_equal(run_way(3, NULL, NULL, COMMAND(name)), 126);
	name[300] = '\0';
	assert_int_equal(run_way(3, NULL, NULL, COMMAND(name)), 126);
	assert_non_null(strstr(proc.err_text, "File name too long\n"));
}

/* Passes the arguments that the kernel makes of "#!INTERPRETER REST"; a build directory may be too long for a
 * real first line. */
static void run_script(const char *name, const char *first_line, const char *expected)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/script", dir);
	make_file("script", "echo \"$0\" \"$@\"\n", 0755);
	HARNESS_RUN(&proc, name, first_line, path, "-g", "--version");
	if (!strstr(proc.out_text, expected))
		fail_msg("%s %s: %s%s", name, first_line, proc.out_text, proc.err_text);
}

static void test_shebang_lines(void **state)
{
	(void)state;
	char script[256];

	snprintf(script, sizeof(script), "%s/script -g --version\n", dir);
	run_script("tini", "/bin/sh", script);
	run_script("tini", "-g -s -- /bin/sh", script);
	run_script("tini", "-s", script); /* the script itself is the command and has no first line */
	run_script("dumb-init", "-c /bin/sh", script);
	run_script("dumb-init", "--rewrite 15:2 -- /bin/sh", script);
	run_script("dinit", "--grace 5 /bin/sh", script);
	run_script("docker-init", "-s\t--  /bin/sh -e", script);
}

static void test_real_shebang(void **state)
{
	(void)state;
	char text[4096 + 32], path[128];

	/* The kernel reads 255 bytes of a first line. */
	if (strlen(harness_bin("dinit")) > 200)
		skip();
	snprintf(text, sizeof(text), "#!%s --rewrite TERM:QUIT -- /bin/sh\necho $0 $1\n",
		 harness_bin("dinit"));
	make_file("script", text, 0755);
	snprintf(path, sizeof(path), "%s/script", dir);
	assert_int_equal(HARNESS_RUN(&proc, path, "-x"), 0);
	snprintf(text, sizeof(text), "%s -x\n", path);
	assert_string_equal(proc.out_text, text);
}

static void no_more_processes(void *arg)
{
	struct rlimit none = {0, 0};

	(void)arg;
	if (geteuid() == 0 && (setgroups(0, NULL) < 0 || setresgid(65534, 65534, 65534) < 0 ||
			       setresuid(65534, 65534, 65534) < 0))
		_exit(120);
	if (setrlimit(RLIMIT_NPROC, &none) < 0)
		_exit(120);
}

static void no_process_to_be_had(void (*limit)(void *), void *arg)
{
	static const int statuses[WAYS] = {1, 1, 1, 126, 126};
	static const char *const words[WAYS] = {
		"fork failed: Resource temporarily unavailable\n",
		"[dumb-init] Unable to fork. Exiting.\n",
		"[dumb-init] Unable to fork. Exiting.\n",
		"praekelt-init: cannot start a process for '/bin/true': Resource temporarily unavailable\n",
		"praekelt-init: cannot start a process for '/bin/true': Resource temporarily unavailable\n",
	};

	for (int way = 0; way < WAYS; way++) {
		assert_int_equal(run_way(way, limit, arg, COMMAND("/bin/true")), statuses[way]);
		assert_non_null(strstr(proc.err_text, words[way]));
		/* One line. */
		assert_ptr_equal(strchr(proc.err_text, '\n'), proc.err_text + proc.err_len - 1);
	}
}

static void test_no_process_for_the_user(void **state)
{
	(void)state;
	no_process_to_be_had(no_more_processes, NULL);
}

static void test_no_process_in_the_cgroup(void **state)
{
	(void)state;
	struct cgroup cgroup;

	if (!cgroup_make(&cgroup, "cgroup", "pids") && !cgroup_make(&cgroup, "cgroup2", NULL)) {
		print_message("# SKIP no cgroup of our own that limits processes\n");
		skip();
	}
	no_process_to_be_had(cgroup_enter, &cgroup);
	cgroup_remove(&cgroup);
}

static void test_help_to_a_full_disk(void **state)
{
	(void)state;
	static const char *const names[] = {"tini", "dinit"};

	for (size_t i = 0; i < 2; i++) {
		char line[128];
		snprintf(line, sizeof(line), "PATH=%s; %s -h >/dev/full", getenv("BIN"), names[i]);
		assert_int_not_equal(HARNESS_RUN(&proc, "/bin/sh", "-c", line), 0);
	}
}

static void without_words(void *arg)
{
	char *nothing[] = {NULL};

	execve(arg, nothing, nothing);
	_exit(120);
}

static void test_empty_argv_and_environment(void **state)
{
	(void)state;
	char path[4096];
	const char *const argv[] = {"tini", NULL};

	snprintf(path, sizeof(path), "%s", harness_bin("tini"));
	/* Since 5.18 Linux passes one empty argument instead; either way the native dialect runs. */
	int status = harness_run(
		&proc, &(struct harness_spec){.argv = argv, .before_exec = without_words, .arg = path});
	assert_int_equal(status, 125);
	assert_string_equal(proc.err_text, "praekelt-init: no command; try --help\n");

	const char *const nothing[] = {NULL};
	const char *const full[] = {"tini", "-s", harness_probe(), "env", NULL};
	assert_int_equal(harness_run(&proc, &(struct harness_spec){.argv = full, .envp = nothing}), 0);
	assert_string_equal(proc.out_text, "");
}

/* arg: the number of the system call that the kernel refuses from now on. */
static void refuse(void *arg)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, *(const unsigned *)arg, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog program = {.len = sizeof(filter) / sizeof(filter[0]), .filter = filter};

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0)
		_exit(122);
}

/* If waiting is refused, the init neither spins nor sleeps forever; without a signal mask it starts nothing.
 */
static void test_waiting_is_refused(void **state)
{
	(void)state;
	unsigned calls[] = {SYS_wait4, SYS_rt_sigtimedwait, SYS_rt_sigprocmask};

	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		for (int way = 0; way < WAYS; way++) {
			int status = run_way(way, refuse, &calls[i], COMMAND(harness_probe(), "args", "ran"));
			assert_int_equal(status, strcmp(ways[way][0], "dinit") == 0 ? 125 : 1);
			assert_non_null(strstr(proc.err_text, "Operation not permitted"));
			assert_string_equal(proc.out_text, calls[i] == SYS_rt_sigprocmask ? "" : "arg ran\n");
		}
}

/* Like qemu-user, which supports CLONE_VM only for threads. */
static void refuse_shared_memory(void *arg)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_VM, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EINVAL),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog program = {.len = sizeof(filter) / sizeof(filter[0]), .filter = filter};

	(void)arg;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0)
		_exit(122);
}

static void test_shared_memory_is_refused(void **state)
{
	(void)state;
	for (int way = 0; way < WAYS; way++) {
		assert_int_equal(
			run_way(way, refuse_shared_memory, NULL, COMMAND(harness_probe(), "exit", "7")), 7);
		assert_string_equal(proc.err_text, "");
	}
}

int main(void)
{
	/* The caller's PATH may have directories that are closed to us, which is an error other than "not
	 * found". */
	setenv("PATH", "/usr/local/bin:/usr/bin:/bin", 1);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_mask_and_dispositions, harness_alarm),
		cmocka_unit_test_setup(test_status_with_sigchld_ignored, harness_alarm),
		cmocka_unit_test_setup(test_cwd_and_descriptors_are_inherited, harness_alarm),
		cmocka_unit_test_setup(test_init_lets_go, harness_alarm),
		cmocka_unit_test_setup(test_group_and_session, harness_alarm),
		cmocka_unit_test_setup(test_listen_pid, harness_alarm),
		cmocka_unit_test_setup(test_script_without_a_first_line, harness_alarm),
		cmocka_unit_test_setup(test_search_in_path, harness_alarm),
		cmocka_unit_test_setup(test_odd_paths, harness_alarm),
		cmocka_unit_test_setup(test_exec_failures, harness_alarm),
		cmocka_unit_test_setup(test_name_too_long, harness_alarm),
		cmocka_unit_test_setup(test_shebang_lines, harness_alarm),
		cmocka_unit_test_setup(test_real_shebang, harness_alarm),
		cmocka_unit_test_setup(test_no_process_for_the_user, harness_alarm),
		cmocka_unit_test_setup(test_no_process_in_the_cgroup, harness_alarm),
		cmocka_unit_test_setup(test_waiting_is_refused, harness_alarm),
		cmocka_unit_test_setup(test_shared_memory_is_refused, harness_alarm),
		cmocka_unit_test_setup(test_help_to_a_full_disk, harness_alarm),
		cmocka_unit_test_setup(test_empty_argv_and_environment, harness_alarm),
	};
	return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
