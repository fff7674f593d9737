/* run/: commands with their phases and signals, the private directory, the locks of apt. */
#include "aptwrap/run/run.h"

#include "test/aptwrap/own_root.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/wait.h>

static struct signals signals;
static struct process_result result;

/* Blocks the signals once for all tests. */
static int open_signals(void **state)
{
	(void)state;
	return signals_open(&signals);
}

/* A test that hangs ends the program. */
static int set_alarm(void **state)
{
	(void)state;
	signals.got = 0;
	alarm(60);
	return 0;
}

/* Runs the script as that process, with its output and its status file in memory. Returns the status. */
static int run(const char *script, struct process process)
{
	struct list argv = {0};

	list_add_words(&argv, "sh", "-c", script, NULL);
	process.argv = &argv;
	process.fds[0] = process.fds[1] = memfd_create("output", MFD_CLOEXEC);
	process.status_fd = memfd_create("status", MFD_CLOEXEC);
	must(process.fds[0] >= 0 && process.status_fd >= 0, "memfd_create");
	must(process_run(&process, &signals, &result) == 0, "process_run");
	close(process.fds[0]);
	close(process.status_fd);
	return result.status;
}

static void test_statuses(void **state)
{
	(void)state;
	struct list absent = {0}, directory = {0};
	struct process process = {.argv = &absent, .fds = {1, 2}, .status_fd = -1};
	int descriptors = open_descriptors();

	assert_int_equal(run("exit 3", (struct process){0}), 3);
	assert_int_equal(run("kill -KILL $$", (struct process){0}), 128 + SIGKILL);
	list_add(&absent, "/nowhere/command");
	must(process_run(&process, &signals, &result) == 0, "process_run");
	assert_int_equal(result.status, PROCESS_NOT_FOUND);
	list_add(&directory, "/");
	process.argv = &directory;
	must(process_run(&process, &signals, &result) == 0, "process_run");
	assert_int_equal(result.status, PROCESS_NOT_RUN);
	assert_int_equal(open_descriptors(), descriptors);
	assert_false(result.fetched || result.dpkg_began || result.stalled);
}

/* A session of its own, an empty input, no blocked signal, and SIGPIPE as usual. */
static void test_environment(void **state)
{
	(void)state;
	assert_int_equal(run("[ \"$(cut -d' ' -f6 /proc/$$/stat)\" = $$ ]", (struct process){0}), 0);
	int fds[2];
	must(pipe(fds) == 0 && write(fds[1], "line\n", 5) == 5 && dup2(fds[0], STDIN_FILENO) == 0, "pipe");
	assert_int_equal(run("! read line", (struct process){0}), 0);
	close(fds[0]);
	close(fds[1]);
	assert_int_equal(run("grep -q '^SigBlk:.0*$' /proc/self/status", (struct process){0}), 0);
	assert_int_equal(run("kill -PIPE $$", (struct process){0}), 128 + SIGPIPE);
}

/* The command sends the signal, so that it comes while the command runs. */
static void test_a_signal_stops(void **state)
{
	(void)state;
	assert_int_equal(run("kill -TERM $PPID; exec sleep 600", (struct process){.stoppable = true}),
			 128 + SIGINT);
	assert_int_equal(signals.got, SIGTERM);
	assert_false(result.stalled);
}

static void test_a_signal_does_not_stop(void **state)
{
	(void)state;
	/* The process is not stoppable, or dpkg has begun. A signal to it would come while it sleeps. */
	assert_int_equal(run("kill -TERM $PPID; sleep 0.3; exit 4", (struct process){0}), 4);
	assert_int_equal(signals.got, SIGTERM);
	signals.got = 0;
	assert_int_equal(run("echo pmstatus:x >&3; kill -HUP $PPID; sleep 0.3; exit 5",
			     (struct process){.stoppable = true}),
			 5);
	assert_int_equal(signals.got, SIGHUP);
	assert_true(result.dpkg_began);
	assert_false(result.fetched);
}

/* A command that ignores SIGINT is killed, with the rest of its session. The pipe ends once all are gone. */
static void test_the_session_is_killed(void **state)
{
	(void)state;
	static const char *const scripts[] = {
		"trap '' INT; sleep 600 >&9 & kill -TERM $PPID; wait; sleep 600",
		"sleep 600 >&9 & kill -TERM $PPID; exec sleep 600",
	};

	for (size_t i = 0; i < 2; i++) {
		int fds[2], status;
		char byte;
		must(pipe(fds) == 0 && dup2(fds[1], 9) == 9, "pipe");
		signals.got = 0;
		status = run(scripts[i], (struct process){.stoppable = true});
		assert_int_equal(status, i == 0 ? 128 + SIGKILL : 128 + SIGINT);
		close(fds[1]);
		close(9);
		assert_int_equal(read(fds[0], &byte, 1), 0);
		close(fds[0]);
	}
}

static void test_phases(void **state)
{
	(void)state;
	assert_int_equal(run("echo dlstatus:x >&3", (struct process){0}), 0);
	assert_true(result.fetched && !result.dpkg_began);
	/* Words that a read of 4096 bytes cuts. */
	assert_int_equal(run("head -c 4092 /dev/zero | tr '\\0' x >&3; echo pmstatus: >&3; "
			     "head -c 4090 /dev/zero | tr '\\0' x >&3; echo dlstatus: >&3",
			     (struct process){0}),
			 0);
	assert_true(result.fetched && result.dpkg_began);
}

static int fifo = -1;
static uint64_t no_progress(void *arg)
{
	(void)arg;
	return 1;
}
/* Progress for longer than the time-out; then the command may end. */
static uint64_t slow_progress(void *arg)
{
	uint64_t *count = arg;

	if (++*count == 8)
		must(write(fifo, "\n", 1) == 1, "write");
	return *count;
}

static void test_a_stall_stops(void **state)
{
	(void)state;
	uint64_t count = 0;
	int fds[2];

	assert_int_equal(run("echo dlstatus: >&3; exec sleep 600",
			     (struct process){.stoppable = true, .stall_s = 1, .progress = no_progress}),
			 128 + SIGINT);
	assert_true(result.stalled);
	assert_int_equal(signals.got, 0);
	must(pipe(fds) == 0 && dup2(fds[0], 9) == 9, "pipe");
	fifo = fds[1];
	assert_int_equal(run("echo dlstatus: >&3; read line <&9", (struct process){.stoppable = true,
										   .stall_s = 1,
										   .progress = slow_progress,
										   .arg = &count}),
			 0);
	assert_false(result.stalled);
	close(9);
	close(fds[0]);
	close(fds[1]);
}

static void test_pause(void **state)
{
	(void)state;
	uint64_t start_ms = process_now_ms();

	assert_false(signals_pause(&signals, 20));
	assert_true(process_now_ms() - start_ms >= 20);
	raise(SIGQUIT);
	assert_true(signals_pause(&signals, 600000));
	assert_int_equal(signals.got, SIGQUIT);
}

static void test_die(void **state)
{
	(void)state;
	struct rlimit core;
	int status;

	must(getrlimit(RLIMIT_CORE, &core) == 0, "getrlimit");
	core.rlim_cur = core.rlim_max;
	pid_t pid = fork();
	if (pid == 0) {
		struct signals own = signals;
		setrlimit(RLIMIT_CORE, &core);
		sigemptyset(&own.before);
		own.got = SIGQUIT;
		signals_die(&own);
	}
	must(waitpid(pid, &status, 0) == pid, "waitpid");
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGQUIT && !WCOREDUMP(status));
}

static void test_private_directory(void **state)
{
	(void)state;
	struct stat st;

	need_root();
	make_directory("/var");
	make_directory(PRIVATE_DIRECTORY "/old/sub");
	int directory = private_open(0, &signals);
	assert_true(directory >= 0);
	assert_false(there(PRIVATE_DIRECTORY "/old"));
	assert_int_equal(private_populate(directory), 0);
	must(lstat(PRIVATE_DIRECTORY "/tmp", &st) == 0, "lstat");
	assert_int_equal(st.st_mode & 07777, 01777);
	umask(077);
	assert_int_equal(private_write(directory, "apt.conf", "text"), 0);
	umask(022);
	assert_true(reads(PRIVATE_DIRECTORY "/apt.conf", "text"));
	must(lstat(PRIVATE_DIRECTORY "/apt.conf", &st) == 0, "lstat");
	assert_int_equal(st.st_mode & 07777, 0644);
	assert_int_equal(private_write(directory, "apt.conf", "again"), -1);
	/* The lock is held. */
	assert_int_equal(private_open(0, &signals), -1);
	assert_int_equal(errno, EWOULDBLOCK);
	raise(SIGTERM);
	assert_int_equal(private_open(600, &signals), -1);
	close(directory);
}

/* The private directory is neither taken through a link nor waited for if it cannot be made. */
static void test_no_private_directory(void **state)
{
	(void)state;
	need_root();
	make_directory("/var/cache");
	make_directory("/precious/sub");
	must(symlink("/precious", PRIVATE_DIRECTORY) == 0, "symlink");
	assert_int_equal(private_open(600, &signals), -1);
	assert_true(there("/precious/sub"));
	must(unlink(PRIVATE_DIRECTORY) == 0 && rmdir("/var/cache") == 0 &&
		     symlink("/nowhere", "/var/cache") == 0,
	     "link");
	assert_int_equal(private_open(600, &signals), -1);
	assert_int_equal(errno, ENOENT);
}

/*
 * Another run removes the directory so many times after this one made it, or after this one opened it.
 * NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): the linker chooses the names
 */
static int removed_when_made, removed_when_opened;
int __real_mkdir(const char *path, mode_t mode);
int __wrap_mkdir(const char *path, mode_t mode);
int __real_flock(int fd, int operation);
int __wrap_flock(int fd, int operation);

int __wrap_mkdir(const char *path, mode_t mode)
{
	int made = __real_mkdir(path, mode);

	if (strcmp(path, PRIVATE_DIRECTORY) == 0 && removed_when_made-- > 0)
		must(rmdir(path) == 0, "rmdir");
	return made;
}

int __wrap_flock(int fd, int operation)
{
	if (removed_when_opened > 0)
		must(rmdir(PRIVATE_DIRECTORY) == 0, "rmdir");
	/* Yet another run makes it again. */
	if (removed_when_opened == 1)
		must(__real_mkdir(PRIVATE_DIRECTORY, 0755) == 0, "mkdir");
	removed_when_opened--;
	return __real_flock(fd, operation);
}
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */

static void test_removed_meanwhile(void **state)
{
	(void)state;
	need_root();
	make_directory("/var/cache");
	removed_when_made = removed_when_opened = 2;
	int directory = private_open(0, &signals);
	assert_true(directory >= 0 && private_write(directory, "ours", "") == 0);
	assert_true(there(PRIVATE_DIRECTORY "/ours"));
	close(directory);
}

static void test_locks_and_sizes(void **state)
{
	(void)state;
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	int ready[2] = {-1, -1}, status;
	char byte;

	need_root();
	make_directory("/d/sub");
	write_file("/d/lock", "12345");
	write_file("/d/file", "123");
	must(symlink("file", "/d/link") == 0 && pipe(ready) == 0, "link");
	assert_int_equal(step_bytes("/d"), 8);
	assert_int_equal(step_bytes("/none"), 0);
	assert_false(step_is_locked("/d/lock"));
	assert_false(step_is_locked("/d/none"));
	pid_t pid = fork();
	if (pid == 0) {
		int fd = open("/d/lock", O_RDWR);
		if (fcntl(fd, F_SETLK, &lock) == 0 && write(ready[1], "", 1) == 1)
			pause();
		_exit(1);
	}
	must(read(ready[0], &byte, 1) == 1, "read");
	assert_true(step_is_locked("/d/lock"));
	kill(pid, SIGKILL);
	must(waitpid(pid, &status, 0) == pid, "waitpid");
	assert_false(step_is_locked("/d/lock"));
}

static int alarm_and_root(void **state)
{
	return set_alarm(state) | own_root(state);
}

int main(void)
{
	/* own_root() leaves the machine's root, and the commands with it: those tests are the last. */
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_statuses, set_alarm),
		cmocka_unit_test_setup(test_environment, set_alarm),
		cmocka_unit_test_setup(test_a_signal_stops, set_alarm),
		cmocka_unit_test_setup(test_a_signal_does_not_stop, set_alarm),
		cmocka_unit_test_setup(test_the_session_is_killed, set_alarm),
		cmocka_unit_test_setup(test_phases, set_alarm),
		cmocka_unit_test_setup(test_a_stall_stops, set_alarm),
		cmocka_unit_test_setup(test_pause, set_alarm),
		cmocka_unit_test_setup(test_die, set_alarm),
		cmocka_unit_test_setup(test_private_directory, alarm_and_root),
		cmocka_unit_test_setup(test_no_private_directory, alarm_and_root),
		cmocka_unit_test_setup(test_removed_meanwhile, alarm_and_root),
		cmocka_unit_test_setup(test_locks_and_sizes, alarm_and_root),
	};
	return cmocka_run_group_tests(tests, open_signals, NULL);
}
