/* Usage, versions, exit statuses, and how each dialect finds its command. */
#include "test/suexec/sandbox.h"

#include <limits.h>

static struct harness_proc proc;

struct words {
	const char *argv[4];
	int status;
	const char *out; /* how stdout begins; NULL: nothing there */
	const char *err;
};

static void check_words(const struct words *row)
{
	int status = harness_run(&proc, &(struct harness_spec){.argv = row->argv});

	if (status != row->status)
		fail_msg("%s %s: status %d", row->argv[0], row->argv[1], status);
	if (row->out ? strncmp(proc.out_text, row->out, strlen(row->out)) != 0 : proc.out_len > 0)
		fail_msg("%s %s: stdout '%s'", row->argv[0], row->argv[1], proc.out_text);
	if (row->err ? strncmp(proc.err_text, row->err, strlen(row->err)) != 0 : proc.err_len > 0)
		fail_msg("%s %s: stderr '%s'", row->argv[0], row->argv[1], proc.err_text);
}

static void test_usage_and_version(void **state)
{
	(void)state;
#define GOSU    "Usage: gosu user-spec command [args]\n"
#define SU_EXEC "Usage: su-exec user-spec command [args]\n"
#define NATIVE  "Usage: praekelt-suexec [OPTION...] USER[:GROUP] COMMAND"
	static const struct words rows[] = {
		{{"gosu", NULL}, 1, NULL, GOSU},
		{{"gosu", "nobody", NULL}, 1, NULL, GOSU},
		{{"gosu", "--help", NULL}, 0, GOSU, NULL},
		{{"gosu", "-h", NULL}, 0, GOSU, NULL},
		{{"gosu", "-?", NULL}, 0, GOSU, NULL},
		{{"gosu", "--version", NULL}, 0, VERSION, NULL},
		{{"gosu", "-v", NULL}, 0, VERSION, NULL},
		{{"gosu", "--help", "id", NULL}, 0, GOSU, NULL},
		{{"su-exec", NULL}, 1, SU_EXEC, NULL},
		{{"su-exec", "nobody", NULL}, 1, SU_EXEC, NULL},
		{{"su-exec", "--help", NULL}, 1, SU_EXEC, NULL},
		{{"su-exec", "--help", "id", NULL},
		 1,
		 NULL,
		 "su-exec: cannot switch to user '--help': unknown user"},
		{{"su-exec", "-v", "id", NULL}, 1, NULL, "su-exec: cannot switch to user '-v': unknown user"},
		{{"praekelt-suexec", NULL}, 125, NULL, NATIVE},
		{{"praekelt-suexec", "nobody", NULL}, 125, NULL, NATIVE},
		{{"praekelt-suexec", "-n", NULL}, 125, NULL, NATIVE},
		{{"praekelt-suexec", "--help", NULL}, 0, NATIVE, NULL},
		{{"praekelt-suexec", "-?", NULL}, 0, NATIVE, NULL},
		{{"praekelt-suexec", "-h", NULL}, 0, NATIVE, NULL},
		{{"praekelt-suexec", "-V", NULL}, 0, "praekelt-suexec " VERSION "\n", NULL},
		{{"praekelt-suexec", "-v", NULL}, 0, "praekelt-suexec " VERSION "\n", NULL},
		{{"praekelt-suexec", "--version", NULL}, 0, "praekelt-suexec " VERSION "\n", NULL},
		{{"praekelt-suexec", "", "id", NULL},
		 125,
		 NULL,
		 "praekelt-suexec: the user is empty\nUsage: "},
		{{"praekelt-suexec", "--owner-of=", "id", NULL},
		 125,
		 NULL,
		 "praekelt-suexec: the path of --owner-of is empty\nUsage: "},
		{{"praekelt-suexec", "--what", NULL},
		 125,
		 NULL,
		 "praekelt-suexec: unrecognized option '--what'\nUsage: "},
		{{"praekelt-suexec", "-C", NULL},
		 125,
		 NULL,
		 "praekelt-suexec: option requires an argument -- 'C'\nUsage: "},
		{{"praekelt-suexec", "--no", NULL},
		 125,
		 NULL,
		 "praekelt-suexec: option '--no' is ambiguous; possibilities: '--no-new-privs' "
		 "'--no-root'\n"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_words(&rows[i]);
}

static void stdout_is_full(void *arg)
{
	int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);

	(void)arg;
	dup2(fd, STDOUT_FILENO);
}

static void test_write_errors(void **state)
{
	(void)state;
	static const char *const rows[][3] = {
		{"gosu", "--help", NULL},
		{"gosu", "--version", NULL},
		{"su-exec", NULL, NULL},
		{"praekelt-suexec", "-h"},
		{"praekelt-suexec", "--version", NULL},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int status = harness_run(
			&proc, &(struct harness_spec){.argv = rows[i], .before_exec = stdout_is_full});
		assert_int_equal(status, strcmp(rows[i][0], "praekelt-suexec") == 0 ? 125 : 1);
		assert_non_null(strstr(proc.err_text, "cannot write: No space left on device\n"));
	}
}

/*
 * Commands of all kinds for the new user, alice.
 *
 *   /etc/c        the current directory: here (a program), script (no #!), orphan (no interpreter), data
 *   /etc/c/sub    deep, script (programs), data
 *   /etc/root     hidden (a program), mode 0700 of root
 */
static void make_commands(const struct sandbox *box)
{
	static const char *const programs[] = {"/etc/c/here", "/etc/c/sub/deep", "/etc/c/sub/script",
					       "/etc/root/hidden"};

	(void)box;
	if (mkdir("/etc/c", 0755) < 0 || mkdir("/etc/c/sub", 0755) < 0 || mkdir("/etc/root", 0700) < 0)
		sandbox_fail("mkdir");
	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++)
		if (symlink("/etc/probe", programs[i]) < 0)
			sandbox_fail(programs[i]);
	sandbox_write("/etc/c/script", "exit 0\n", 7);
	sandbox_write("/etc/c/orphan", "#!/nosuch\n", 10);
	sandbox_write("/etc/c/data", "", 0);
	sandbox_write("/etc/c/sub/data", "", 0);
	if (chmod("/etc/c/script", 0755) < 0 || chmod("/etc/c/orphan", 0755) < 0 || chdir("/etc/c") < 0)
		sandbox_fail("chmod");
	setenv("PATH", box->text ? box->text : "", 1);
	if (!box->text)
		unsetenv("PATH");
}

struct found {
	const char *path; /* NULL: not set */
	const char *command;
	int gosu, su_exec, native; /* exit status; 0: it ran */
	const char *message;
};

static void test_finding_the_command(void **state)
{
	(void)state;
	static char too_long[NAME_MAX + 2], far_too_long[100000];
	memset(too_long, 'n', sizeof(too_long) - 1);
	memset(far_too_long, 'n', sizeof(far_too_long) - 1);
	const struct found rows[] = {
		{"/etc/c", too_long, 1, 1, 126, " too long"},
		{"/etc/c", far_too_long, 1, 1, 126, NULL},
		{"/nosuch:/etc/c", "here", 0, 0, 0, NULL},
		{"/etc/c/", "here", 0, 0, 0, NULL},
		{"/etc/root:/etc/c/data:/etc/c", "here", 0, 0, 0, NULL},
		{"/nosuch", "/etc/c/here", 0, 0, 0, NULL},
		{"/nosuch", "./here", 0, 0, 0, NULL},
		{"/nosuch", "sub/deep", 0, 0, 0, NULL},
		{".", "here", 1, 0, 126, "found relative to the current directory"},
		{"", "here", 1, 0, 126, "found relative to the current directory"},
		{":/nosuch", "here", 1, 0, 126, "found relative to the current directory"},
		{"/nosuch:", "here", 1, 0, 126, "found relative to the current directory"},
		{"/nosuch::/nosuch", "here", 1, 0, 126, "found relative to the current directory"},
		{"sub", "deep", 1, 0, 126, "found relative to the current directory"},
		{".:sub", "nosuch", 1, 1, 127, "not found in PATH"},
		{"/etc/c:.", "here", 0, 0, 0, NULL},
		{".:/etc/c/sub", "deep", 0, 0, 0, NULL},
		{".:/etc/c", "sub", 1, 1, 127, "not found in PATH"},
		{".:/nosuch", "data", 1, 1, 127, NULL},
		{"/etc/c", "nosuch", 1, 1, 127, "cannot run 'nosuch': not found in PATH"},
		{"/etc/c:/etc/root", "hidden", 1, 1, 127, "cannot run 'hidden': not found in PATH"},
		{"/etc/c", "data", 1, 1, 126, "cannot run '/etc/c/data': Permission denied"},
		{"/etc/c:/nosuch", "data", 1, 1, 126, "cannot run '/etc/c/data': Permission denied"},
		{"/etc/c/sub:/etc/c", "data", 1, 1, 126, "cannot run '/etc/c/sub/data': Permission denied"},
		{"/etc/c", "script", 1, 1, 126, "cannot run '/etc/c/script': Exec format error"},
		{"/etc/c:/etc/c/sub", "script", 1, 1, 126, "cannot run '/etc/c/script': Exec format error"},
		{"/etc/c", "orphan", 1, 1, 126, "(its interpreter is missing)"},
		{"/nosuch", "./script", 1, 1, 126, "cannot run './script': Exec format error"},
		{"/nosuch", "./orphan", 1, 1, 126, "(its interpreter is missing)"},
		{"/nosuch", "./data", 1, 1, 126, "cannot run './data': Permission denied"},
		{"/nosuch", "./sub", 1, 1, 126, "cannot run './sub': Permission denied"},
		{"/nosuch", "./here/", 1, 1, 126, "cannot run './here/': Not a directory"},
		{"/nosuch", "./nosuch", 1, 1, 127, "cannot run './nosuch': No such file or directory"},
		{"/nosuch", "/etc/root/hidden", 1, 1, 126,
		 "cannot run '/etc/root/hidden': Permission denied"},
		{"/nosuch", "", 1, 1, 127, "cannot run '': not a command name"},
		{NULL, "nosuch", 1, 1, 127, NULL},
		{NULL, "./here", 0, 0, 0, NULL},
	};
	struct sandbox box = {.passwd = SANDBOX_PASSWD, .group = SANDBOX_GROUP, .then = make_commands};
	static const char *const programs[] = {"gosu", "su-exec", "praekelt-suexec"};

	sandbox_need(true);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const int expected[] = {rows[i].gosu, rows[i].su_exec, rows[i].native};
		box.text = rows[i].path;
		for (size_t k = 0; k < 3; k++) {
			int status =
				SANDBOX_RUN(&proc, &box, programs[k], "alice", rows[i].command, "exit", "0");
			if (status != expected[k])
				fail_msg("%s %s: status %d, %s", programs[k], rows[i].command, status,
					 proc.err_text);
			if (status != 0 && rows[i].message && !strstr(proc.err_text, rows[i].message))
				fail_msg("%s %s: %s", programs[k], rows[i].command, proc.err_text);
		}
	}
}

/* Without PATH the compat name gosu finds nothing; the others search where execvp() of musl does. */
static void test_no_path(void **state)
{
	(void)state;
	static const struct sandbox box = {
		.passwd = SANDBOX_PASSWD, .group = SANDBOX_GROUP, .then = make_commands};

	sandbox_need(true);
	assert_int_equal(SANDBOX_RUN(&proc, &box, "gosu", "alice", "true"), 1);
	assert_string_equal(proc.err_text, "error: cannot run 'true': PATH is not set\n");
	assert_int_equal(SANDBOX_RUN(&proc, &box, "su-exec", "alice", "true"), 0);
	assert_int_equal(SANDBOX_RUN(&proc, &box, "praekelt-suexec", "alice", "true"), 0);
}

/* The command's own status and arguments pass through. */
static void test_the_command_takes_over(void **state)
{
	(void)state;
	static const struct sandbox box = {.passwd = SANDBOX_PASSWD, .group = SANDBOX_GROUP};

	sandbox_need(true);
	assert_int_equal(SANDBOX_RUN(&proc, &box, "gosu", "alice", "/etc/probe", "exit", "77"), 77);
	assert_int_equal(SANDBOX_RUN(&proc, &box, "gosu", "alice", "/etc/probe", "kill", "15"), 128 + 15);
	assert_int_equal(
		SANDBOX_RUN(&proc, &box, "gosu", "alice", "/etc/probe", "args", "", "-n", "--", "a b"), 0);
	assert_string_equal(proc.out_text, "arg \narg -n\narg --\narg a b\n");
	assert_int_equal(
		SANDBOX_RUN(&proc, &box, "praekelt-suexec", "alice", "/etc/probe", "args", "--", "-n"), 0);
	assert_string_equal(proc.out_text, "arg --\narg -n\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_usage_and_version, harness_alarm),
		cmocka_unit_test_setup(test_write_errors, harness_alarm),
		cmocka_unit_test_setup(test_finding_the_command, harness_alarm),
		cmocka_unit_test_setup(test_no_path, harness_alarm),
		cmocka_unit_test_setup(test_the_command_takes_over, harness_alarm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
