/* See stamp.h. */
#include "stamp.h"

#include "cleanup.h"

#include "common/num.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_DEPTH = 100 };

/* The year 9999, further than any file system can tell. */
#define MAX_EPOCH 253402300799U

bool stamp_before(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec < b->tv_sec || (a->tv_sec == b->tv_sec && a->tv_nsec < b->tv_nsec);
}

bool stamp_parse(const char *value, struct timespec *epoch)
{
	uint64_t seconds;

	if (num_parse(value, strlen(value), MAX_EPOCH, &seconds) != NUM_OK)
		return false;
	*epoch = (struct timespec){.tv_sec = (time_t)seconds};
	return true;
}

struct clamp {
	const struct timespec *since, *epoch;
	dev_t device;
};

static bool is_left_out(const char *name)
{
	static const char *const names[] = {".", "..", "dev", "proc", "run", "sys", "tmp", "home"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static void clamp_one(const struct clamp *clamp, int directory, const char *name, const struct stat *st)
{
	const struct timespec times[] = {{.tv_nsec = UTIME_OMIT}, *clamp->epoch};

	/* A read-only file or the like keeps its time; the packages are installed all the same. */
	if (!stamp_before(&st->st_ctim, clamp->since) && stamp_before(clamp->epoch, &st->st_mtim) &&
	    utimensat(directory, name, times, AT_SYMLINK_NOFOLLOW) < 0)
		return;
}

/* Directories come after what is in them; setting a file's time does not change its directory's. */
static void walk(const struct clamp *clamp, int directory, int depth)
{
	DIR *dir = depth < MAX_DEPTH ? fdopendir(directory) : NULL;

	if (!dir) {
		close(directory);
		return;
	}
	for (struct dirent *entry; (entry = readdir(dir));) {
		const char *name = entry->d_name;
		struct stat st;
		if (depth == 0 ? is_left_out(name) : strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
			continue;
		if (fstatat(dirfd(dir), name, &st, AT_SYMLINK_NOFOLLOW) < 0 || st.st_dev != clamp->device)
			continue;
		if (S_ISDIR(st.st_mode)) {
			int fd = openat(dirfd(dir), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
			if (fd >= 0)
				walk(clamp, fd, depth + 1);
		}
		clamp_one(clamp, dirfd(dir), name, &st);
	}
	closedir(dir);
}

void stamp_clamp(const struct timespec *since, const struct timespec *epoch)
{
	struct clamp clamp = {.since = since, .epoch = epoch};
	struct stat st;
	int root = cleanup_open("/");

	if (root < 0 || fstat(root, &st) < 0)
		return;
	clamp.device = st.st_dev;
	walk(&clamp, root, 0);
}
