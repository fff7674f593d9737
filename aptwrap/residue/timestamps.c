/* See timestamps.h. */
#include "aptwrap/residue/timestamps.h"

#include "aptwrap/residue/tree.h"

#include "common/num.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The year 9999, further than any file system can tell. */
#define MAX_EPOCH 253402300799U

bool timestamps_before(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec < b->tv_sec || (a->tv_sec == b->tv_sec && a->tv_nsec < b->tv_nsec);
}

bool timestamps_parse(const char *value, struct timespec *epoch)
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

static bool is_left_out(const struct tree_entry *entry)
{
	static const char *const names[] = {"dev", "proc", "run", "sys", "tmp", "home"};

	for (size_t i = 0; entry->top && i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], entry->name) == 0)
			return true;
	return false;
}

static bool is_in_root(const struct tree_entry *entry, int fd, void *arg)
{
	const struct clamp *clamp = arg;
	struct stat st;

	return !is_left_out(entry) && fstat(fd, &st) == 0 && st.st_dev == clamp->device;
}

/* Setting a file's time does not change its directory's. */
static void clamp_one(const struct tree_entry *entry, void *arg)
{
	const struct clamp *clamp = arg;
	const struct timespec times[] = {{.tv_nsec = UTIME_OMIT}, *clamp->epoch};
	struct stat st;

	if (is_left_out(entry) || fstatat(entry->directory, entry->name, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
	    st.st_dev != clamp->device)
		return;
	/* A read-only file or the like keeps its time; the packages are installed all the same. */
	if (!timestamps_before(&st.st_ctim, clamp->since) && timestamps_before(clamp->epoch, &st.st_mtim) &&
	    utimensat(entry->directory, entry->name, times, AT_SYMLINK_NOFOLLOW) < 0)
		return;
}

void timestamps_clamp(const struct timespec *since, const struct timespec *epoch)
{
	struct clamp clamp = {.since = since, .epoch = epoch};
	struct tree_walk walk = {.enter = is_in_root, .visit = clamp_one, .arg = &clamp};
	struct stat st;
	int root = tree_open("/");

	if (root < 0 || fstat(root, &st) < 0)
		return;
	clamp.device = st.st_dev;
	tree_walk(root, "", &walk);
	close(root);
}
