/*
 * praekelt-init under a terminal: the keys, the foreground, job control, hang-up.
 *
 * Everything runs in a pseudo-terminal of its own, the program as its session's leader or below a shell. The
 * child is this program again: it prints each SIGINT, SIGHUP, SIGCONT and SIGUSR1, exits on SIGQUIT, and is
 * stopped by SIGTSTP.
 */
#include "test/init/nested.h"

#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define CTRL_C         "\003"
#define CTRL_D         "\004"
#define CTRL_Z         "\032"
#define CTRL_BACKSLASH "\034"

static char self[4096];

static struct pty {
	int master;
	pid_t pid;
	size_t len, seen;
	char text[1 << 20];
} pty;

static int child_main(const char *what)
{
	sigset_t all;

	prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that fails kills the init */
	/* Only what would come before anybody can look for it. */
	setvbuf(stdout, NULL, _IOLBF, 0);
	sigfillset(&all);
	sigdelset(&all, SIGTSTP);
	sigdelset(&all, SIGTTIN);
	sigdelset(&all, SIGTTOU);
	sigprocmask(SIG_BLOCK, &all, NULL);
	printf("READY %s, foreground %s\n", what, tcgetpgrp(STDIN_FILENO) == getpgrp() ? "yes" : "no");
	for (int interrupts = 0;;) {
		int n = sigwaitinfo(&all, NULL);
		if (n == SIGINT)
			printf("INT %d\n", ++interrupts);
		else if (n == SIGHUP)
			printf("HUP\n");
		else if (n == SIGCONT)
			printf("CONT, foreground %s\n", tcgetpgrp(STDIN_FILENO) == getpgrp() ? "yes" : "no");
		else if (n == SIGUSR1)
			printf("USR1 after %d INT\n", interrupts);
		else if (n == SIGQUIT)
			return 0;
	}
}

/* Reads a line once the shell's own group is no longer the foreground group. */
static int read_main(void)
{
	char line[64] = "";

	puts("IN BACKGROUND");
	fflush(stdout);
	/* There is no event to wait for. */
	while (tcgetpgrp(STDIN_FILENO) == getsid(0))
		usleep(1000);
	if (!fgets(line, sizeof(line), stdin))
		return 1;
	printf("got %s", line);
	return 0;
}

/* Makes an orphan in a group of its own, and goes on once SIGTSTP has stopped that. */
static int orphan_main(void)
{
	int told[2];
	pid_t orphan;

	if (pipe(told) < 0)
		return 1;
	if (fork() == 0) {
		if ((orphan = fork()) == 0) {
			setpgid(0, 0);
			raise(SIGTSTP);
			_exit(0);
		}
		_exit(write(told[1], &orphan, sizeof(orphan)) != sizeof(orphan));
	}
	if (read(told[0], &orphan, sizeof(orphan)) != sizeof(orphan))
		return 1;
	wait(NULL);
	while (harness_state(orphan) != 'T')
		usleep(1000);
	puts("GOES ON");
	kill(orphan, SIGKILL);
	return 0;
}

/* For each line that it reads it writes more than a pseudo-terminal holds, which locks the terminal
 * meanwhile. */
static int write_main(void)
{
	static char much[256 << 10];
	char line[8];

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	memset(much, 'x', sizeof(much));
	puts("READY");
	fflush(stdout);
	while (fgets(line, sizeof(line), stdin) && write(STDOUT_FILENO, much, sizeof(much)) == sizeof(much)) {
		puts("END");
		fflush(stdout);
	}
	return 1;
}

/* Moves the terminal to a process in a group of its own, which outlives this one. */
static int give_main(void)
{
	const pid_t other = fork();

	if (other == 0) {
		alarm(60);
		pause();
		_exit(0);
	}
	signal(SIGTTOU, SIG_IGN);
	return setpgid(other, other) == 0 && tcsetpgrp(STDIN_FILENO, other) == 0 ? 0 : 1;
}

/* Runs an init in the foreground, and prints which group is there after its end. */
static int watch_main(char **init)
{
	const pid_t pid = fork();
	int status;

	signal(SIGTTOU, SIG_IGN);
	if (pid == 0) {
		setpgid(0, 0);
		tcsetpgrp(STDIN_FILENO, getpid());
		signal(SIGTTOU, SIG_DFL);
		execv(init[0], init);
		_exit(123);
	}
	waitpid(pid, &status, 0);
	const pid_t foreground = tcgetpgrp(STDIN_FILENO);
	printf("status %d, %s\n", WEXITSTATUS(status),
	       foreground == pid ? "the init's group" : "another group");
	fflush(stdout);
	if (foreground != pid)
		kill(-foreground, SIGKILL);
	tcsetpgrp(STDIN_FILENO, getpgrp());
	getchar();
	return 0;
}

static void pty_start(const char *const *argv)
{
	struct termios quiet;
	const char *file = argv[0];

	if (!strchr(file, '/'))
		file = harness_bin(file);
	pty.len = pty.seen = 0;
	pty.text[0] = '\0';
	pty.pid = forkpty(&pty.master, NULL, NULL, NULL);
	if (pty.pid < 0)
		fail_msg("forkpty: %s", strerror(errno));
	if (pty.pid == 0) {
		union {
			const char *const *from;
			char *const *to;
		} words = {.from = argv};
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		tcgetattr(STDIN_FILENO, &quiet);
		quiet.c_lflag &= ~(tcflag_t)ECHO;
		/* Without this a key that sends a signal also discards output, under load that of much later.
		 */
		quiet.c_lflag |= NOFLSH;
		tcsetattr(STDIN_FILENO, TCSANOW, &quiet);
		execv(file, words.to);
		_exit(123);
	}
	fcntl(pty.master, F_SETFD, FD_CLOEXEC);
}

/*
 * Waits until text comes after what was expected before. If the session's leader ends, the kernel hangs up
 * the terminal and discards what was not read, so a leader that is to end must wait for input after its last
 * words.
 */
static void pty_expect(const char *text)
{
	const char *found;

	while (!(found = strstr(pty.text + pty.seen, text))) {
		ssize_t n = read(pty.master, pty.text + pty.len, sizeof(pty.text) - 1 - pty.len);
		if (n <= 0)
			fail_msg("'%s' never came: %s", text, pty.text);
		pty.len += (size_t)n;
		pty.text[pty.len] = '\0';
	}
	pty.seen = (size_t)(found - pty.text) + strlen(text);
}

static void pty_type(const char *text)
{
	assert_int_equal(write(pty.master, text, strlen(text)), (ssize_t)strlen(text));
}

/* Reads to the end and returns the status as a shell would. */
static int pty_finish(void)
{
	int status;
	ssize_t n;

	while ((n = read(pty.master, pty.text + pty.len, sizeof(pty.text) - 1 - pty.len)) > 0) {
		pty.len += (size_t)n;
		pty.text[pty.len] = '\0';
	}
	assert_int_equal(waitpid(pty.pid, &status, 0), pty.pid);
	close(pty.master);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

#define MODES 7
static const char *const modes[MODES][2] = {
	{"tini", "-s"},  {"tini", "-sg"},       {"dumb-init", "--"}, {"dumb-init", "-c"},
	{"dinit", "--"}, {"dinit", "--setsid"}, {"dinit", "-c"},
};

static void test_ctrl_c_comes_once(void **state)
{
	(void)state;
	for (int mode = 0; mode < MODES; mode++) {
		pty_start((const char *const[]){modes[mode][0], modes[mode][1], self, "child", modes[mode][0],
						NULL});
		pty_expect("READY");
		pty_expect("foreground yes");
		pty_type(CTRL_C);
		pty_expect("INT 1");
		pty_type(CTRL_C);
		pty_expect("INT 2");
		/* Had the init passed the key on a second time, that would arrive before this signal. */
		kill(pty.pid, SIGUSR1);
		pty_expect("USR1 after 2 INT");
		pty_type(CTRL_BACKSLASH);
		assert_int_equal(pty_finish(), 0);
	}
}

/* The child has left the group that the terminal signals. */
static void test_ctrl_c_comes_once_to_a_child_that_left(void **state)
{
	(void)state;
	static const char *const inits[] = {"dumb-init", "dinit"};
	static const char *const leaving[] = {"group", "session"};

	for (int i = 0; i < 4; i++) {
		pty_start((const char *const[]){inits[i / 2], "-c", self, "leave", leaving[i % 2], NULL});
		pty_expect("READY");
		pty_type(CTRL_C);
		pty_expect("INT 1");
		kill(pty.pid, SIGUSR1);
		pty_expect("USR1 after 1 INT");
		pty_type(CTRL_BACKSLASH);
		assert_int_equal(pty_finish(), 0);
	}
}

static int count(const char *text)
{
	int found = 0;

	for (const char *p = pty.text; (p = strstr(p, text)); p++)
		found++;
	return found;
}

static void test_three_deep(void **state)
{
	(void)state;
	const char *argv[NESTED_WORDS + 4] = {
		[NESTED_WORDS] = self, [NESTED_WORDS + 1] = "child", [NESTED_WORDS + 2] = "three"};

	for (int i = 0; i < NESTED; i++) {
		nested_words(i, argv);
		pty_start(argv);
		/* The child is in the foreground, or in a session without a terminal below an init in the
		 * foreground. */
		pty_expect("READY");
		pty_type(CTRL_C);
		pty_expect("INT 1");
		kill(pty.pid, SIGUSR1);
		pty_expect("USR1 after 1 INT");
		pty_type(CTRL_BACKSLASH);
		assert_int_equal(pty_finish(), 0);
		assert_int_equal(count("INT 2"), 0);
		assert_int_equal(count("USR1"), 1);
	}
}

static void test_input_reaches_the_child(void **state)
{
	(void)state;
	for (int mode = 0; mode < MODES; mode++) {
		pty_start((const char *const[]){modes[mode][0], modes[mode][1], "/bin/sh", "-c",
						"read x; echo got $x; read x; exit 6", NULL});
		pty_type("words\n");
		pty_expect("got words");
		pty_type("\n");
		assert_int_equal(pty_finish(), 6);
	}
}

static void test_terminal_is_handed_back(void **state)
{
	(void)state;
	char line[8400];

	for (int mode = 0; mode < MODES; mode++) {
		if (mode == 2 || mode == 5)
			continue; /* below a shell, a new session has no terminal */
		snprintf(line, sizeof(line), "%s %s true; echo ENDED; read x; echo got $x; read x",
			 harness_bin(modes[mode][0]), modes[mode][1]);
		pty_start((const char *const[]){"/bin/sh", "-c", line, NULL});
		pty_expect("ENDED");
		pty_type("words\n");
		pty_expect("got words");
		pty_type("\n");
		assert_int_equal(pty_finish(), 0);
	}
}

/* The init takes the terminal back from the child's group only. */
static void test_another_group_keeps_the_terminal(void **state)
{
	(void)state;
	char init[4200];

	snprintf(init, sizeof(init), "%s", harness_bin("tini"));
	pty_start((const char *const[]){self, "watch", init, "-s", self, "give", "x", NULL});
	pty_expect("status 0, another group");
	pty_type("\n");
	assert_int_equal(pty_finish(), 0);
	pty_start((const char *const[]){self, "watch", init, "-s", "/bin/true", NULL});
	pty_expect("status 0, the init's group");
	pty_type("\n");
	assert_int_equal(pty_finish(), 0);
}

static void start_shell(const char *command)
{
	char path[4200];

	snprintf(path, sizeof(path), "PATH='%s':$PATH PS1='$ ' PS2=\n", getenv("BIN"));
	pty_start((const char *const[]){"/bin/bash", "--norc", "--noediting", "-i", NULL});
	pty_type(path);
	pty_type("echo SHELL UP\n");
	pty_expect("SHELL UP");
	pty_type(command);
	pty_type("\n");
}

static void end_shell(void)
{
	pty_type("echo LAST $?\n");
	pty_expect("LAST 0");
	pty_type("exit\n");
	pty_finish();
}

static void test_ctrl_z_under_a_shell(void **state)
{
	(void)state;
	char line[4200];

	for (int mode = 0; mode < MODES; mode++) {
		if (mode == 2 || mode == 5)
			continue;
		snprintf(line, sizeof(line), "%s %s %s child z", modes[mode][0], modes[mode][1], self);
		start_shell(line);
		pty_expect("READY z, foreground yes");
		for (int i = 0; i < 2; i++) {
			pty_type(CTRL_Z);
			pty_expect("Stopped");
			pty_type("echo SHELL IS BACK\n");
			pty_expect("SHELL IS BACK");
			pty_type("fg\n");
			pty_expect("CONT, foreground yes");
		}
		pty_type(CTRL_C);
		pty_expect("INT 1");
		pty_type(CTRL_BACKSLASH);
		end_shell();
	}
}

static void test_three_deep_under_a_shell(void **state)
{
	(void)state;
	const char *words[NESTED_WORDS];
	char line[4300];

	for (int i = 0; i < NESTED; i++) {
		nested_words(i, words);
		snprintf(line, sizeof(line), "%s %s %s %s %s %s %s child three", words[0], words[1], words[2],
			 words[3], words[4], words[5], self);
		start_shell(line);
		pty_expect("READY three");
		pty_type(CTRL_Z);
		pty_expect("Stopped");
		pty_type("echo SHELL IS BACK\n");
		pty_expect("SHELL IS BACK");
		pty_type("fg\n");
		pty_expect("CONT");
		pty_type(CTRL_C);
		pty_expect("INT 1");
		const pid_t outermost = harness_child(pty.pid);
		assert_true(outermost > 0);
		kill(outermost, SIGUSR1);
		pty_expect("USR1 after 1 INT");
		pty_type(CTRL_BACKSLASH);
		end_shell();
		assert_int_equal(count("CONT"), 1);
		assert_int_equal(count("INT 2"), 0);
		assert_int_equal(count("USR1"), 1);
	}
}

/* The shell's job is a script that waits for the init; Ctrl-Z has to stop the script too. */
static void test_ctrl_z_in_a_pipeline_of_a_script(void **state)
{
	(void)state;
	char line[4300];

	snprintf(line, sizeof(line), "sh -c 'tini -s %s child z; exit 0'", self);
	start_shell(line);
	pty_expect("READY z, foreground yes");
	pty_type(CTRL_Z);
	pty_expect("Stopped");
	pty_type("fg\n");
	pty_expect("CONT, foreground yes");
	pty_type(CTRL_BACKSLASH);
	end_shell();
}

/* Runs the command in a terminal whose foreground group has no member left. */
static int without_foreground(char **command)
{
	pid_t pid = fork();

	signal(SIGTTOU, SIG_IGN);
	if (pid == 0) {
		setpgid(0, 0);
		tcsetpgrp(STDIN_FILENO, getpid());
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	signal(SIGTTOU, SIG_DFL);
	execv(command[0], command);
	return 1;
}

static void test_terminal_without_a_foreground_group(void **state)
{
	(void)state;
	static const char *const inits[][2] = {{"tini", "-s"}, {"dinit", "--"}};
	char init[4200];

	for (int i = 0; i < 2; i++) {
		snprintf(init, sizeof(init), "%s", harness_bin(inits[i][0]));
		pty_start((const char *const[]){self, "without-foreground", init, inits[i][1], self, "child",
						"free", NULL});
		pty_expect("READY free, foreground yes");
		pty_type(CTRL_C);
		pty_expect("INT 1");
		pty_type(CTRL_BACKSLASH);
		assert_int_equal(pty_finish(), 0);
	}
}

static void test_background(void **state)
{
	(void)state;
	char line[4300];

	snprintf(line, sizeof(line), "tini -s %s child b &", self);
	start_shell(line);
	pty_expect("READY b, foreground no");
	pty_type("echo SHELL HAS IT\n");
	pty_expect("SHELL HAS IT");
	/* "fg" of a job that runs: the shell moves the terminal to the init's group, and sends nothing. */
	pty_type("fg\n");
	while (tcgetpgrp(pty.master) == pty.pid)
		usleep(1000); /* the shell prints the job before it moves the terminal */
	pty_type(CTRL_C);
	pty_expect("INT 1");
	pty_type(CTRL_Z);
	pty_expect("Stopped");
	pty_type("bg\n");
	pty_expect("CONT, foreground no");
	pty_type("echo SHELL KEEPS IT\n");
	pty_expect("SHELL KEEPS IT");
	pty_type("kill -QUIT %1; wait; echo OVER\n");
	pty_expect("OVER");
	/* The job's end did not move the terminal either. */
	pty_type("echo STILL\n");
	pty_expect("STILL");
	end_shell();
}

/* A background job that reads is stopped, and the shell notices. */
static void test_background_read(void **state)
{
	(void)state;
	start_shell("tini -s -- sh -c 'echo ASKING; read x; echo got $x' &");
	pty_expect("ASKING");
	/* bash reports the stop before its next prompt. */
	for (int i = 0; i < 1000 && !strstr(pty.text + pty.seen, "Stopped"); i++) {
		pty_type("echo PROMPT\n");
		pty_expect("PROMPT");
	}
	pty_type("fg\n");
	pty_type("words\n");
	pty_expect("got words");
	end_shell();
}

/* The init stops with its child only, not with an orphan. */
static void test_an_orphan_stops(void **state)
{
	(void)state;
	char line[4300];

	snprintf(line, sizeof(line), "tini -s %s orphan x", self);
	start_shell(line);
	pty_expect("GOES ON");
	end_shell();
	assert_null(strstr(pty.text, "Stopped"));
}

/* If the shell has made the job the foreground job before the child reads, the init continues the child by
 * itself. */
static void test_foreground_while_running(void **state)
{
	(void)state;
	char line[4300];

	snprintf(line, sizeof(line), "tini -s %s read x &", self);
	start_shell(line);
	pty_expect("IN BACKGROUND");
	pty_type("fg\n");
	pty_expect("tini -s");
	pty_type("words\n");
	pty_expect("got words");
	end_shell();
}

static void test_sigstop_of_the_child_stays_its_own(void **state)
{
	(void)state;
	int status;

	pty_start((const char *const[]){"tini", "-s", self, "child", "stop", NULL});
	pty_expect("READY");
	const pid_t child = harness_child(pty.pid);
	assert_true(child > 0);
	kill(child, SIGSTOP);
	/* The init still runs: the signal arrives when the child is continued. */
	kill(pty.pid, SIGUSR1);
	kill(child, SIGCONT);
	pty_expect("USR1 after 0 INT");
	assert_int_equal(waitpid(pty.pid, &status, WUNTRACED | WNOHANG), 0);
	pty_type(CTRL_BACKSLASH);
	assert_int_equal(pty_finish(), 0);
}

static void test_init_stops_with_its_child(void **state)
{
	(void)state;
	int status;

	pty_start((const char *const[]){"dinit", "--", self, "child", "stop", NULL});
	pty_expect("READY");
	pty_type(CTRL_Z);
	assert_int_equal(waitpid(pty.pid, &status, WUNTRACED), pty.pid);
	assert_true(WIFSTOPPED(status));
	kill(pty.pid, SIGCONT);
	pty_expect("CONT");
	pty_type(CTRL_BACKSLASH);
	assert_int_equal(pty_finish(), 0);
}

static void test_handoff_is_swallowed(void **state)
{
	(void)state;
	static const char *const inits[][3] = {{"dumb-init", "-v"}, {"dinit", "-vvS"}};

	for (int i = 0; i < 2; i++) {
		pty_start((const char *const[]){inits[i][0], inits[i][1], self, "child", "handoff", NULL});
		if (i == 0) {
			pty_expect("Detached from controlling tty, ignoring the first SIGHUP and SIGCONT we "
				   "receive.");
			pty_expect("Ignoring tty hand-off signal 1.");
			pty_expect("Ignoring tty hand-off signal 18.");
		} else {
			pty_expect("HUP is the terminal's hand-off, not passed on");
			pty_expect("CONT is the terminal's hand-off, not passed on");
		}
		pty.seen = 0;
		pty_expect("READY");
		/* The second SIGHUP is real. */
		kill(pty.pid, SIGHUP);
		pty_expect("\nHUP\r");
		kill(pty.pid, SIGQUIT);
		assert_int_equal(pty_finish(), 0);
	}
	/* Only a session leader causes a hand-off. */
	start_shell("dumb-init -v true");
	pty_expect("Detached from controlling tty, but was not session leader.");
	end_shell();
}

/* A line of the log waits for the end of the child's write. Under load that may take too long for once. */
static void test_log_beside_a_writer(void **state)
{
	(void)state;
	bool found = false;

	pty_start((const char *const[]){"dumb-init", "-v", self, "write", "much", NULL});
	pty_expect("READY");
	for (int tries = 0; tries < 10 && !found; tries++) {
		pty.len = pty.seen = 0;
		pty.text[0] = '\0';
		pty_type("\n");
		pty_expect("xxx");
		usleep(10000); /* then the terminal is full, and the child in the middle of its write */
		kill(pty.pid, SIGCONT);
		usleep(10000);
		pty_expect("END");
		kill(pty.pid, SIGWINCH);
		pty_expect("Received signal 28.");
		found = count("Received signal 18.") > 0;
	}
	assert_true(found);
	kill(pty.pid, SIGKILL);
	assert_int_equal(pty_finish(), 128 + SIGKILL);
}

static void test_hang_up_reaches_the_child(void **state)
{
	(void)state;
	int status;

	for (int mode = 0; mode < MODES; mode++) {
		pty_start((const char *const[]){modes[mode][0], modes[mode][1], "/bin/sh", "-c",
						"trap 'exit 9' HUP; echo READY; while :; do sleep 0.05; done",
						NULL});
		pty_expect("READY");
		close(pty.master);
		assert_int_equal(waitpid(pty.pid, &status, 0), pty.pid);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 9);
	}
}

static void close_stdio(void *arg)
{
	const char *which = arg;

	for (; *which; which++)
		close(*which - '0');
}

static void test_descriptors_closed_or_full(void **state)
{
	(void)state;
	static char closed[][4] = {"0", "1", "2", "01", "02", "12", "012"};
	static struct harness_proc proc;

	for (int mode = 0; mode < MODES; mode++)
		for (size_t i = 0; i < sizeof(closed) / sizeof(closed[0]); i++) {
			const char *const argv[] = {
				modes[mode][0], modes[mode][1], harness_probe(), "exit", "5", NULL};
			struct harness_spec spec = {
				.argv = argv, .before_exec = close_stdio, .arg = closed[i]};
			assert_int_equal(harness_run(&proc, &spec), 5);
		}
}

int main(int argc, char **argv)
{
	if (argc > 2 && strcmp(argv[1], "child") == 0)
		return child_main(argv[2]);
	if (argc > 2 && strcmp(argv[1], "give") == 0)
		return give_main();
	if (argc > 2 && strcmp(argv[1], "watch") == 0)
		return watch_main(argv + 2);
	if (argc > 2 && strcmp(argv[1], "read") == 0)
		return read_main();
	if (argc > 2 && strcmp(argv[1], "write") == 0)
		return write_main();
	if (argc > 2 && strcmp(argv[1], "orphan") == 0)
		return orphan_main();
	if (argc > 2 && strcmp(argv[1], "without-foreground") == 0)
		return without_foreground(argv + 2);
	if (argc > 2 && strcmp(argv[1], "leave") == 0) {
		if (strcmp(argv[2], "group") == 0)
			setpgid(0, 0);
		else
			setsid();
		return child_main(argv[2]);
	}
	if (readlink("/proc/self/exe", self, sizeof(self) - 1) < 0)
		return 1;
	nested_set_path();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_ctrl_c_comes_once, harness_alarm),
		cmocka_unit_test_setup(test_ctrl_c_comes_once_to_a_child_that_left, harness_alarm),
		cmocka_unit_test_setup(test_three_deep, harness_alarm),
		cmocka_unit_test_setup(test_input_reaches_the_child, harness_alarm),
		cmocka_unit_test_setup(test_terminal_is_handed_back, harness_alarm),
		cmocka_unit_test_setup(test_another_group_keeps_the_terminal, harness_alarm),
		cmocka_unit_test_setup(test_ctrl_z_under_a_shell, harness_alarm),
		cmocka_unit_test_setup(test_three_deep_under_a_shell, harness_alarm),
		cmocka_unit_test_setup(test_ctrl_z_in_a_pipeline_of_a_script, harness_alarm),
		cmocka_unit_test_setup(test_terminal_without_a_foreground_group, harness_alarm),
		cmocka_unit_test_setup(test_background, harness_alarm),
		cmocka_unit_test_setup(test_background_read, harness_alarm),
		cmocka_unit_test_setup(test_an_orphan_stops, harness_alarm),
		cmocka_unit_test_setup(test_foreground_while_running, harness_alarm),
		cmocka_unit_test_setup(test_sigstop_of_the_child_stays_its_own, harness_alarm),
		cmocka_unit_test_setup(test_init_stops_with_its_child, harness_alarm),
		cmocka_unit_test_setup(test_handoff_is_swallowed, harness_alarm),
		cmocka_unit_test_setup(test_log_beside_a_writer, harness_alarm),
		cmocka_unit_test_setup(test_hang_up_reaches_the_child, harness_alarm),
		cmocka_unit_test_setup(test_descriptors_closed_or_full, harness_alarm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
