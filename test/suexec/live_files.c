/* passwd and group that are missing, not regular files, or large: never a hang, never half a list. */
#include "test/suexec/sandbox.h"

#include <sys/resource.h>

static struct harness_proc proc;

static void expect(const struct sandbox *box, const char *spec, int expected, const char *text)
{
	int status = SANDBOX_RUN(&proc, box, "gosu", spec, "/etc/probe", "ids");
	const char *out = expected == 0 ? proc.out_text : proc.err_text;

	if (status != expected || !strstr(out, text))
		fail_msg("%s: status %d, %s%s", spec, status, proc.out_text, proc.err_text);
}

static void test_missing_files(void **state)
{
	(void)state;
	struct sandbox box = {.passwd = NULL, .group = NULL};

	sandbox_need(true);
	expect(&box, "alice", 1, "unknown user 'alice': there is no /etc/passwd");
	expect(&box, "1000", 0, "uid\t1000\t");
	expect(&box, "1000:staff", 1, "unknown group 'staff': there is no /etc/group");
	expect(&box, "1000:50", 0, "groups\t50 \n");
	expect(&box, ":50", 0, "groups\t50 \n");
	box.passwd = SANDBOX_PASSWD;
	expect(&box, "alice", 0, "groups\t1000 \n");
	box.passwd = "";
	box.group = "";
	expect(&box, "alice", 1, "unknown user 'alice': it is not a number and not in /etc/passwd");
	expect(&box, "1000", 0, "uid\t1000\t");
}

/* Makes the file that text names, of the kind that uid names by its letter. */
static void make_strange(const struct sandbox *box)
{
	int result = -1;

	switch (box->uid) {
	case 'f':
		result = mkfifo(box->text, 0644);
		break;
	case 'd':
		result = mkdir(box->text, 0755);
		break;
	case 'l':
		result = symlink(box->text, box->text);
		break;
	case 'z':
		result = symlink("/dev/zero", box->text);
		break;
	case 't':
		result = symlink("/dev/tty", box->text);
		break;
	case 's':
		result = mknod(box->text, S_IFSOCK | 0644, 0);
		break;
	default:
		break;
	}
	if (result < 0)
		sandbox_fail(box->text);
}

static void test_strange_files(void **state)
{
	(void)state;
	static const struct {
		uid_t kind;
		const char *why;
	} rows[] = {
		{'f', "cannot use %s: not a regular file\n"},
		{'d', "cannot use %s: not a regular file\n"},
		{'z', "cannot use %s: not a regular file\n"},
		{'l', "cannot open %s: "},
		{'s', "cannot open %s: "},
	};
	static const char *const paths[] = {"/etc/passwd", "/etc/group"};

	sandbox_need(true);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (size_t k = 0; k < 2; k++) {
			struct sandbox box = {.passwd = k == 0 ? NULL : SANDBOX_PASSWD,
					      .group = k == 1 ? NULL : SANDBOX_GROUP,
					      .then = make_strange,
					      .text = paths[k],
					      .uid = rows[i].kind};
			char why[128];
			/* The format is one of the table's. */
			const char *rest = strstr(rows[i].why, "%s") + 2;
			snprintf(why, sizeof(why), "%.*s%s%s", (int)(rest - 2 - rows[i].why), rows[i].why,
				 paths[k], rest);
			expect(&box, "alice", 1, why);
			expect(&box, "1000:staff", 1, why);
			/* A number needs passwd for HOME; a group that is a number needs no file. */
			expect(&box, "1000:50", k == 0, k == 0 ? why : "uid\t1000\t");
		}
	}
}

static void without_descriptors(const struct sandbox *box)
{
	struct rlimit limit = {.rlim_cur = 3, .rlim_max = 3};

	(void)box;
	if (setrlimit(RLIMIT_NOFILE, &limit) < 0)
		sandbox_fail("setrlimit");
}

static void test_no_descriptor_left(void **state)
{
	(void)state;
	static const struct sandbox box = {
		.passwd = SANDBOX_PASSWD, .group = SANDBOX_GROUP, .then = without_descriptors};

	sandbox_need(true);
	assert_int_not_equal(SANDBOX_RUN(&proc, &box, "gosu", "alice", "/etc/probe", "ids"), 0);
	assert_int_equal(proc.out_len, 0);
	/* A dynamic program, as the sanitizers need it, does not start at all. */
	if (!strstr(proc.err_text, "error while loading shared libraries"))
		assert_non_null(strstr(proc.err_text, "cannot open /etc/passwd: "));
}

/* Makes the file that text names, of uid MiB: one sparse line of NUL bytes, then passwd. */
static void make_large(const struct sandbox *box)
{
	int fd = open(box->text, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);

	if (fd < 0 || ftruncate(fd, (off_t)box->uid << 20) < 0 || lseek(fd, 0, SEEK_END) < 0 ||
	    write(fd, "\n" SANDBOX_PASSWD, sizeof(SANDBOX_PASSWD)) != sizeof(SANDBOX_PASSWD))
		sandbox_fail(box->text);
	close(fd);
}

static void test_large_files(void **state)
{
	(void)state;
	struct sandbox box = {.group = SANDBOX_GROUP, .then = make_large, .text = "/etc/passwd", .uid = 20};

	sandbox_need(true);
	expect(&box, "alice", 0, "uid\t1000\t");
	box.uid = 64;
	expect(&box, "alice", 1, "cannot use /etc/passwd: larger than 64 MiB");
	box.uid = 1 << 20;
	expect(&box, "1000", 1, "cannot use /etc/passwd: larger than 64 MiB");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_missing_files, harness_alarm),
		cmocka_unit_test_setup(test_strange_files, harness_alarm),
		cmocka_unit_test_setup(test_no_descriptor_left, harness_alarm),
		cmocka_unit_test_setup(test_large_files, harness_alarm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
