/* remove.c and mounts.c, on real files, links and mounts. */
#include "aptwrap/cleanup/cleanup.h"

#include "test/aptwrap/own_root.h"

/* What another process does just before a directory of this name is opened. */
static struct {
	const char *name;
	void (*then)(void);
} race;

/* The linker chooses the names. NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
int __real_openat(int directory, const char *name, int flags, ...);
int __wrap_openat(int directory, const char *name, int flags, ...);

int __wrap_openat(int directory, const char *name, int flags, ...)
{
	if (race.name && strcmp(name, race.name) == 0) {
		race.name = NULL;
		race.then();
	}
	return __real_openat(directory, name, flags);
}
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */

static int open_directory(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	must(fd >= 0, path);
	return fd;
}

/* Calls directory_empty() for a path. Returns 0 or the errno. */
static int clean(const char *path)
{
	int fd = open_directory(path);
	int why = directory_empty(fd) == 0 ? 0 : errno;

	close(fd);
	return why;
}

static void test_open(void **state)
{
	(void)state;
	struct stat there_st = {0}, opened_st = {0};

	need_root();
	make_directory("/a/b/c");
	write_file("/a/file", "");
	must(symlink("b", "/a/link") == 0 && symlink("/a/b/c", "/a/b/last") == 0, "symlink");
	int descriptors = open_descriptors();
	static const char *const same[] = {"/a/b/c", "//a///b/c/", "a/b/c"};
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		int fd = directory_open(same[i]);
		assert_true(fd >= 0);
		assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
		must(fstat(fd, &opened_st) == 0 && stat("/a/b/c", &there_st) == 0, "stat");
		assert_int_equal(opened_st.st_ino, there_st.st_ino);
		close(fd);
	}
	static const struct {
		const char *path;
		int why, or_why;
	} rows[] = {
		{"/a/link/c", ENOTDIR, ELOOP}, {"/a/b/last", ENOTDIR, ELOOP}, {"/a/file", ENOTDIR, ENOTDIR},
		{"/a/none/c", ENOENT, ENOENT}, {"/none", ENOENT, ENOENT},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		errno = 0;
		assert_int_equal(directory_open(rows[i].path), -1);
		if (errno != rows[i].why && errno != rows[i].or_why)
			fail_msg("%s: %s", rows[i].path, strerror(errno));
	}
	/* A part may have 255 bytes. */
	char name[600] = "/";
	memset(name + 1, 'x', 255);
	make_directory(name);
	int longest = directory_open(name);
	assert_true(longest >= 0);
	close(longest);
	memset(name + 1, 'x', 256);
	assert_int_equal(directory_open(name), -1);
	assert_int_equal(errno, ENAMETOOLONG);
	assert_int_equal(open_descriptors(), descriptors);
}

static void test_everything_is_removed(void **state)
{
	(void)state;

	need_root();
	make_directory("/d/sub/sub/sub");
	make_directory("/d/.hidden");
	make_directory("/precious/sub");
	write_file("/d/file", "");
	write_file("/d/..almost", "");
	write_file("/d/.hidden/file", "");
	write_file("/d/sub/sub/file", "");
	write_file("/precious/file", "");
	must(symlink("/precious", "/d/link") == 0 && symlink("/precious/file", "/d/sub/link") == 0 &&
		     symlink("../precious", "/d/sub/up") == 0 && mkfifo("/d/fifo", 0600) == 0,
	     "links");
	int descriptors = open_descriptors();
	assert_int_equal(clean("/d"), 0);
	assert_int_equal(rmdir("/d"), 0); /* it was empty */
	assert_true(there("/precious/file") && there("/precious/sub"));
	assert_int_equal(open_descriptors(), descriptors);
}

/* The race: unlinkat() fails because the entry is a directory, then a link replaces it. */
static void exchange(void)
{
	must(rename("/d/sub", "/d/away") == 0 && symlink("/precious", "/d/sub") == 0, "exchange");
}

static void test_replaced_by_a_link(void **state)
{
	(void)state;

	need_root();
	make_directory("/d/sub");
	make_directory("/precious");
	write_file("/precious/file", "");
	race.name = "sub";
	race.then = exchange;
	assert_int_not_equal(clean("/d"), 0);
	assert_null(race.name);
	assert_true(there("/precious/file"));
}

/* Another process removes the directory first, which is a success. */
static void vanish(void)
{
	must(rmdir("/d/sub") == 0, "rmdir");
}

static void test_removed_by_another(void **state)
{
	(void)state;

	need_root();
	make_directory("/d/sub");
	write_file("/d/file", "");
	race.name = "sub";
	race.then = vanish;
	int why = clean("/d");
	assert_true(why == 0 || why == ENOENT);
	assert_int_equal(rmdir("/d"), 0);
}

/* A mount of another device and a bind mount of the same device: neither is emptied, both are errors. */
static void test_mounts_are_not_entered(void **state)
{
	(void)state;

	need_root();
	make_directory("/d/disk");
	make_directory("/d/bound");
	make_directory("/precious");
	write_file("/precious/file", "");
	write_file("/d/file", "");
	must(mount("tmpfs", "/d/disk", "tmpfs", 0, NULL) == 0 &&
		     mount("/precious", "/d/bound", "none", MS_BIND, NULL) == 0,
	     "mount");
	write_file("/d/disk/file", "");
	assert_int_equal(clean("/d"), EBUSY);
	assert_true(there("/d/disk/file") && there("/precious/file"));
	assert_false(there("/d/file"));
}

static void test_cache_mounts(void **state)
{
	(void)state;

	need_root();
	make_directory("/var/lib/apt/lists/partial");
	make_directory("/var/cache/apt/archives");
	make_directory("/precious");
	assert_false(mount_is_cache("/var/lib/apt/lists"));
	must(mount("tmpfs", "/var", "tmpfs", 0, NULL) == 0, "mount");
	make_directory("/var/lib/apt/lists/partial");
	make_directory("/var/cache/apt/archives");
	must(mount("tmpfs", "/var/cache", "tmpfs", 0, NULL) == 0, "mount");
	make_directory("/var/cache/apt/archives");
	assert_false(mount_is_cache("/var/lib/apt/lists"));
	assert_true(mount_is_cache("/var/cache/apt/archives"));
	must(umount("/var/cache") == 0 && mount("tmpfs", "/var/lib", "tmpfs", 0, NULL) == 0, "mount");
	make_directory("/var/lib/apt/lists/partial");
	assert_false(mount_is_cache("/var/lib/apt/lists"));
	/* Bind mounts, of the same device. */
	make_directory("/var/lib/bound/lists");
	must(mount("/var/lib/bound", "/var/lib/bound", "none", MS_BIND, NULL) == 0, "bind");
	assert_true(mount_is_cache("/var/lib/bound/lists"));
	must(mount("/precious", "/var/lib/apt", "none", MS_BIND, NULL) == 0, "bind");
	make_directory("/var/lib/apt/lists/partial");
	assert_true(mount_is_cache("/var/lib/apt"));
	assert_true(mount_is_cache("/var/lib/apt/lists"));
	assert_true(mount_is_cache("/var/lib/apt/lists/partial"));
	assert_false(mount_is_cache("/var/cache/apt/archives"));
	assert_false(mount_is_cache("/var/cache/none"));
}

/* The error is that of the mount inside, not ENOTEMPTY, and everything else is removed. */
static void test_the_rest_is_removed(void **state)
{
	(void)state;

	need_root();
	make_directory("/d/a");
	make_directory("/d/b/disk");
	make_directory("/d/c");
	must(mount("tmpfs", "/d/b/disk", "tmpfs", 0, NULL) == 0, "mount");
	for (char name[] = "/d/0"; name[3] <= '9'; name[3]++)
		write_file(name, "");
	assert_int_equal(clean("/d"), EBUSY);
	assert_false(there("/d/a") || there("/d/c") || there("/d/0") || there("/d/9"));
}

static void test_read_only(void **state)
{
	(void)state;

	need_root();
	make_directory("/d/sub");
	write_file("/d/a.log", "");
	must(mount("/d", "/d", "none", MS_BIND, NULL) == 0 &&
		     mount(NULL, "/d", "none", MS_REMOUNT | MS_BIND | MS_RDONLY, NULL) == 0,
	     "read-only");
	assert_int_equal(clean("/d"), EROFS);
	assert_true(there("/d/a.log") && there("/d/sub"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_open, own_root),
		cmocka_unit_test_setup(test_everything_is_removed, own_root),
		cmocka_unit_test_setup(test_replaced_by_a_link, own_root),
		cmocka_unit_test_setup(test_removed_by_another, own_root),
		cmocka_unit_test_setup(test_mounts_are_not_entered, own_root),
		cmocka_unit_test_setup(test_cache_mounts, own_root),
		cmocka_unit_test_setup(test_the_rest_is_removed, own_root),
		cmocka_unit_test_setup(test_read_only, own_root),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
