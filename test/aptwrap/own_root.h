/*
 * Gives each test an empty root, a tmpfs in a mount namespace that ends with the test program, so that
 * functions with absolute paths cannot change the machine. Needs root.
 */
#pragma once

/* cmocka.h needs these. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

/* The tmpfs is mounted here, a directory that every machine has. */
#define MOUNTED "/mnt"

static int outside = -1;
static const char *lacking; /* why the tests cannot run, or NULL */

static void must(bool done, const char *what)
{
	if (!done)
		fail_msg("%s: %s", what, strerror(errno));
}

/* A cmocka setup function. */
static int own_root(void **state)
{
	(void)state;
	if (geteuid() != 0)
		lacking = "needs root";
	if (lacking)
		return 0;
	if (outside < 0) {
		must(unshare(CLONE_NEWNS) == 0, "a mount namespace");
		if (mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) < 0 && errno == EINVAL) {
			lacking = "needs a / that is mounted, not a chroot";
			return 0;
		}
		outside = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	} else {
		must(fchdir(outside) == 0 && chroot(".") == 0, "the way back");
		must(umount2(MOUNTED, MNT_DETACH) == 0, "umount");
	}
	must(mount("tmpfs", MOUNTED, "tmpfs", 0, "mode=0755") == 0, "tmpfs");
	must(chroot(MOUNTED) == 0 && chdir("/") == 0, "chroot");
	return 0;
}

static inline void need_root(void)
{
	if (!lacking)
		return;
	print_message("# SKIP %s\n", lacking);
	skip();
}

/* Creates the directory and its parents. */
static inline void make_directory(const char *path)
{
	char part[1024];

	for (size_t i = 1; i <= strlen(path); i++)
		if (path[i] == '/' || path[i] == '\0') {
			snprintf(part, sizeof(part), "%.*s", (int)i, path);
			must(mkdir(part, 0755) == 0 || errno == EEXIST, part);
		}
}

static inline void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	must(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) && close(fd) == 0, path);
}

static inline bool there(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

static inline bool reads(const char *path, const char *text)
{
	char buf[1024];
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, buf, sizeof(buf));

	if (fd >= 0)
		close(fd);
	return n == (ssize_t)strlen(text) && memcmp(buf, text, (size_t)n) == 0;
}

/* The number of open descriptors, to find those that a function does not close. */
static inline int open_descriptors(void)
{
	int count = 0;

	for (int fd = 0; fd < 1024; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}
