/* See remove.h. */
#include "aptwrap/residue/remove.h"

#include "aptwrap/residue/tree.h"
#include "aptwrap/text.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* statx(2) without its struct: older releases' musl has none, and newer ones' cannot stand beside the
 * kernel's. */
enum {
	STATX_WORDS = 32,     /* 256 bytes, full of room for later */
	STATX_ATTRIBUTES = 1, /* stx_attributes is the second word */
	WANT_TYPE = 1,        /* STATX_TYPE */
	MOUNT_ROOT = 0x2000   /* STATX_ATTR_MOUNT_ROOT */
};

static bool is_mount_root(int parent, const char *name)
{
	uint64_t stx[STATX_WORDS];

	return syscall(SYS_statx, parent, name, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH, WANT_TYPE, stx) == 0 &&
	       (stx[STATX_ATTRIBUTES] & MOUNT_ROOT) != 0;
}

/* Kernels before 5.8 do not say; there only another device tells. */
static bool is_mount_point(const char *path)
{
	struct stat here, above;

	return is_mount_root(AT_FDCWD, path) ||
	       (lstat(path, &here) == 0 && S_ISDIR(here.st_mode) &&
		stat(text_join(path, "/..", NULL), &above) == 0 && here.st_dev != above.st_dev);
}

bool remove_is_cache_mount(const char *path)
{
	char *part = text_join(path, NULL);

	while (strcmp(part, "/var/lib") != 0 && strcmp(part, "/var") != 0 && *part) {
		if (is_mount_point(part))
			return true;
		*strrchr(part, '/') = '\0';
	}
	return false;
}

struct removal {
	const char *pattern; /* NULL: all, and directories too */
	dev_t device;
	int first_error;
};

static bool may_enter(const struct tree_entry *entry, int fd, void *arg)
{
	const struct removal *removal = arg;
	struct stat st;

	(void)entry;
	return !removal->pattern && fstat(fd, &st) == 0 && st.st_dev == removal->device &&
	       !is_mount_root(fd, "");
}

static void remove_one(const struct tree_entry *entry, void *arg)
{
	struct removal *removal = arg;
	bool directory = entry->type == DT_DIR;

	if (removal->pattern && (directory || fnmatch(removal->pattern, entry->name, 0) != 0))
		return;
	if (unlinkat(entry->directory, entry->name, directory ? AT_REMOVEDIR : 0) < 0 && errno != ENOENT &&
	    removal->first_error == 0)
		removal->first_error = entry->error ? entry->error : errno;
}

int remove_contents(int directory, const char *pattern)
{
	struct removal removal = {.pattern = pattern};
	struct tree_walk walk = {.enter = may_enter, .visit = remove_one, .arg = &removal};
	struct stat st;

	if (fstat(directory, &st) < 0)
		return -1;
	removal.device = st.st_dev;
	if (tree_walk(directory, "", &walk) < 0)
		return -1;
	errno = removal.first_error;
	return removal.first_error ? -1 : 0;
}
