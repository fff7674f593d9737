/* See private.h. */
#include "private.h"

#include "cleanup.h"

#include "common/msg.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LOCK_LOOK_MS = 100 };

static int open_or_make(bool *made)
{
	*made = mkdir(PRIVATE_DIRECTORY, 0755) == 0;
	if (!*made && errno == ENOENT) {
		if ((mkdir("/var", 0755) < 0 && errno != EEXIST) ||
		    (mkdir("/var/cache", 0755) < 0 && errno != EEXIST))
			return -1;
		*made = mkdir(PRIVATE_DIRECTORY, 0755) == 0;
	}
	if (!*made && errno != EEXIST)
		return -1;
	/* Inherited on purpose, see private.h; apt closes it in whatever it starts itself. */
	return open(PRIVATE_DIRECTORY, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
}

/*
 * A run that ends removes the directory: the one that we have locked may have no name any more. Returns
 * whether it still has, or -1 with errno.
 */
static int still_there(int directory)
{
	struct stat ours, there;

	if (fstat(directory, &ours) < 0 || lstat(PRIVATE_DIRECTORY, &there) < 0)
		return errno == ENOENT ? 0 : -1;
	return ours.st_dev == there.st_dev && ours.st_ino == there.st_ino;
}

int private_open(unsigned timeout_s, struct run_signals *signals, bool *stale)
{
	uint64_t end = run_now_ms() + (uint64_t)timeout_s * 1000;
	bool made;

	for (;;) {
		int directory = open_or_make(&made);
		/* Removed between the two calls by the run before us. */
		if (directory < 0 && errno == ENOENT && run_now_ms() < end)
			continue;
		if (directory < 0)
			return -1;
		while (flock(directory, LOCK_EX | LOCK_NB) < 0) {
			int why = errno;
			if (why == EWOULDBLOCK && run_now_ms() < end && !run_pause(signals, LOCK_LOOK_MS))
				continue;
			close(directory);
			errno = why;
			return -1;
		}
		int there = still_there(directory);
		if (there > 0) {
			/* An old umask must not hide it from apt's download user. */
			fchmod(directory, 0755);
			*stale = !made;
			return directory;
		}
		int why = errno;
		close(directory);
		errno = why;
		if (there < 0)
			return -1;
	}
}

int private_populate(int directory, const char **what)
{
	static const struct {
		const char *name;
		mode_t mode;
	} wanted[] = {
		{"lists", 0755},
		{"lists/partial", 0755},
		{"cache", 0755},
		{"cache/archives", 0755},
		{"cache/archives/partial", 0755},
		{"log", 0755},
		{"bin", 0755},
		{"tmp", 01777},
		{"sources.list.d", 0755},
	};

	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		*what = wanted[i].name;
		/* The umask must not count: apt's download user has to get there. */
		if (mkdirat(directory, *what, 0700) < 0 || fchmodat(directory, *what, wanted[i].mode, 0) < 0)
			return -1;
	}
	return 0;
}

int private_write(int directory, const char *name, const char *text, bool executable)
{
	int fd = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return -1;
	int result = msg_print(fd, text);
	if (fchmod(fd, executable ? 0755 : 0644) < 0)
		result = -1;
	if (close(fd) < 0)
		result = -1;
	return result;
}

int private_empty(int directory)
{
	return cleanup_contents(directory, NULL, NULL);
}

int private_remove(int directory)
{
	if (private_empty(directory) < 0)
		return -1;
	return rmdir(PRIVATE_DIRECTORY);
}
