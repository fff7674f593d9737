/* Going through trees of real files, and removing them. */
#include "aptwrap/cleanup.h"
#include "aptwrap/text.h"
#include "aptwrap/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h> /* renameat() */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#define TEMPLATE "/tmp/unit_tree.XXXXXX"

struct seen {
	struct list paths;
	const char *closed; /* the name of a directory that is not gone into */
	int errors;
};

static bool enter(const struct tree_entry *entry, int fd, void *arg)
{
	const struct seen *seen = arg;
	struct stat st;

	assert_int_equal(fstat(fd, &st), 0);
	return strcmp(entry->name, seen->closed) != 0;
}

static void visit(const struct tree_entry *entry, void *arg)
{
	struct seen *seen = arg;
	struct stat st;

	assert_int_equal(fstatat(entry->directory, entry->name, &st, AT_SYMLINK_NOFOLLOW), 0);
	assert_int_equal(IFTODT(st.st_mode), entry->type);
	assert_int_equal(entry->top, strchr(entry->path + 1, '/') == NULL);
	seen->errors += entry->error == EMFILE;
	list_add(&seen->paths, entry->path);
}

static int make_file(int directory, const char *path)
{
	int fd = openat(directory, path, O_WRONLY | O_CREAT | O_EXCL, 0600);

	return fd < 0 ? -1 : close(fd);
}

/* An empty directory, its name in path, open. */
static int make_root(char *path)
{
	assert_non_null(mkdtemp(path));
	int directory = tree_open(path);
	assert_true(directory >= 0);
	return directory;
}

static size_t place(const struct seen *seen, const char *path)
{
	for (size_t i = 0; i < seen->paths.count; i++)
		if (strcmp(seen->paths.items[i], path) == 0)
			return i;
	fail_msg("not seen: %s", path);
	return 0;
}

static void test_walk(void **state)
{
	(void)state;
	struct seen seen = {.closed = "closed"};
	struct tree_walk walk = {.enter = enter, .visit = visit, .arg = &seen};
	char path[] = TEMPLATE;
	int root = make_root(path);

	assert_int_equal(mkdirat(root, "a", 0700), 0);
	assert_int_equal(mkdirat(root, "a/b", 0700), 0);
	assert_int_equal(mkdirat(root, "closed", 0700), 0);
	assert_int_equal(make_file(root, "a/b/file"), 0);
	assert_int_equal(make_file(root, "a/other"), 0);
	assert_int_equal(make_file(root, "closed/file"), 0);
	assert_int_equal(symlinkat("..", root, "a/link"), 0);
	assert_int_equal(mkfifoat(root, "a/fifo", 0600), 0);
	/* Twice: the caller's descriptor is not moved. */
	for (int i = 0; i < 2; i++) {
		seen.paths.count = 0;
		assert_int_equal(tree_walk(root, "", &walk), 0);
		assert_int_equal(seen.paths.count, 7);
		assert_true(place(&seen, "/a/b/file") < place(&seen, "/a/b"));
		assert_true(place(&seen, "/a/other") < place(&seen, "/a"));
		assert_true(place(&seen, "/a/b") < place(&seen, "/a"));
		place(&seen, "/a/link");
		place(&seen, "/a/fifo");
		place(&seen, "/closed");
	}
	assert_int_equal(cleanup_contents(root, NULL, NULL), 0);
	assert_int_equal(rmdir(path), 0);
	close(root);
	assert_int_equal(tree_open(path), -1);
	assert_int_equal(errno, ENOENT);
}

/* 300 directories deep, which is more than are gone into. */
static void test_deep(void **state)
{
	(void)state;
	struct seen seen = {.closed = ""};
	struct tree_walk walk = {.visit = visit, .arg = &seen};
	char path[] = TEMPLATE;
	int root = make_root(path), at = dup(root);

	for (int i = 0; i < 300; i++) {
		assert_int_equal(mkdirat(at, "deeper", 0700), 0);
		int next = openat(at, "deeper", O_RDONLY | O_DIRECTORY);
		close(at);
		at = next;
	}
	close(at);
	assert_int_equal(tree_walk(root, "", &walk), 0);
	assert_int_equal(seen.errors, 1);
	assert_int_equal(seen.paths.count, 201);
	/* Not removed, and not passed off as removed either. */
	assert_int_equal(cleanup_contents(root, NULL, NULL), -1);
	assert_int_equal(errno, EMFILE);
	for (int i = 0; i < 150; i++)
		assert_int_equal(renameat(root, "deeper/deeper", root, "next") == 0 &&
					 unlinkat(root, "deeper", AT_REMOVEDIR) == 0 &&
					 renameat(root, "next", root, "deeper") == 0,
				 true);
	assert_int_equal(cleanup_contents(root, NULL, NULL), 0);
	assert_int_equal(rmdir(path), 0);
	close(root);
}

/* A link where a directory is expected, at the end of a path or on the way. */
static void test_links(void **state)
{
	(void)state;
	char path[] = TEMPLATE;
	int root = make_root(path);

	assert_int_equal(mkdirat(root, "real", 0700), 0);
	assert_int_equal(mkdirat(root, "real/below", 0700), 0);
	assert_int_equal(make_file(root, "real/file"), 0);
	assert_int_equal(symlinkat("real", root, "link"), 0);
	assert_int_equal(tree_open(text_join(path, "/link", NULL)), -1);
	assert_int_equal(tree_open(text_join(path, "/link/below", NULL)), -1);
	int below = tree_open(text_join(path, "//real/below/", NULL));
	assert_true(below >= 0);
	close(below);
	int links = openat(root, "real/below", O_RDONLY | O_DIRECTORY);
	assert_int_equal(symlinkat("..", links, "up"), 0);
	assert_int_equal(cleanup_contents(links, NULL, NULL), 0);
	assert_int_equal(faccessat(root, "real/file", F_OK, 0), 0);
	close(links);
	assert_int_equal(cleanup_contents(root, NULL, NULL), 0);
	assert_int_equal(rmdir(path), 0);
	close(root);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_walk),
		cmocka_unit_test(test_deep),
		cmocka_unit_test(test_links),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
