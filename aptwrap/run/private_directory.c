/* The private directory of a run. See run.h. */
#include "aptwrap/run/run.h"

#include "common/msg.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LOCK_LOOK_MS = 100 };

/* Returns the descriptor, or -1 with errno. Commands inherit it, see run.h. */
static int make(void)
{
	int directory;

	/* Another run may remove the directory before it is opened here. */
	do {
		if ((mkdir("/var/cache", 0755) < 0 && errno != EEXIST) ||
		    (mkdir(PRIVATE_DIRECTORY, 0755) < 0 && errno != EEXIST))
			return -1;
		directory = open(PRIVATE_DIRECTORY, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
	} while (directory < 0 && errno == ENOENT);
	return directory;
}

/* A run that ends removes the directory while another waits for its lock. Yet another may make it again. */
static bool is_removed(int directory)
{
	struct stat ours, named;

	if (lstat(PRIVATE_DIRECTORY, &named) < 0)
		return errno == ENOENT;
	return fstat(directory, &ours) == 0 && (ours.st_dev != named.st_dev || ours.st_ino != named.st_ino);
}

int private_open(unsigned timeout_s, struct signals *signals)
{
	uint64_t end_ms = process_now_ms() + (uint64_t)timeout_s * 1000;
	bool again = true;
	int directory = -1;

	while (again && (directory = make()) >= 0) {
		bool locked = flock(directory, LOCK_EX | LOCK_NB) == 0;
		if (locked)
			again = is_removed(directory);
		else
			again = errno == EWOULDBLOCK && process_now_ms() < end_ms &&
				!signals_pause(signals, LOCK_LOOK_MS);
		if (locked && !again && directory_empty(directory) == 0 && fchmod(directory, 0755) == 0)
			return directory;
		descriptor_close(directory);
	}
	return -1;
}

int private_populate(int directory)
{
	static const char *const wanted[] = {
		"lists", "lists/partial",  "cache", "cache/archives", "cache/archives/partial",
		"log",   "sources.list.d", "group", "group/DEBIAN",   "tmp"};
	/* apt's download user has to get there. */
	mode_t before = umask(0);
	int result = 0;

	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]) && result == 0; i++)
		result = mkdirat(directory, wanted[i], 0755);
	umask(before);
	return result < 0 ? -1 : fchmodat(directory, "tmp", 01777, 0);
}

int private_write(int directory, const char *name, const char *text)
{
	int fd = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return -1;
	int result = msg_print(fd, text) | fchmod(fd, 0644);
	return close(fd) | result;
}
