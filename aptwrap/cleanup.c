/* See cleanup.h. */
#include "cleanup.h"

#include "text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <linux/stat.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Deeper than anything that apt, dpkg or debconf make; it bounds the descriptors in use. */
enum { MAX_DEPTH = 100 };

int cleanup_open(const char *path)
{
	int at = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	while (at >= 0 && *path) {
		char part[256];
		path += strspn(path, "/");
		size_t len = strcspn(path, "/");
		if (len == 0)
			break;
		if (len >= sizeof(part)) {
			close(at);
			errno = ENAMETOOLONG;
			return -1;
		}
		memcpy(part, path, len);
		part[len] = '\0';
		path += len;
		int next = openat(at, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		int why = errno;
		close(at);
		errno = why;
		at = next;
	}
	return at;
}

/* musl as packaged has no statx(); the kernel's struct is 256 bytes long and full of room for later. */
static bool is_mount_root(int parent, const char *name)
{
	struct statx stx;

	return syscall(SYS_statx, parent, name, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH, STATX_TYPE, &stx) == 0 &&
	       (stx.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

/* Kernels before 5.8 do not say; there only another device tells. */
static bool is_mount_point(const char *path)
{
	struct stat here, above;
	struct text parent = {0};

	if (is_mount_root(AT_FDCWD, path))
		return true;
	text_add(&parent, path);
	text_add(&parent, "/..");
	return lstat(path, &here) == 0 && S_ISDIR(here.st_mode) && stat(parent.data, &above) == 0 &&
	       here.st_dev != above.st_dev;
}

bool cleanup_is_mounted(const char *path)
{
	struct text part = {0};

	text_add(&part, path);
	for (;;) {
		char *slash = strrchr(part.data, '/');
		/* What stands directly in /var or above is a disk, not a cache. */
		if (!slash || slash == part.data || strchr(part.data + 1, '/') == slash)
			return false;
		if (is_mount_point(part.data))
			return true;
		*slash = '\0';
	}
}

struct removal {
	dev_t device;
	int first_error;
};

static void note_error(struct removal *removal)
{
	if (removal->first_error == 0)
		removal->first_error = errno;
}

static void remove_contents(struct removal *removal, int directory, int depth);

static void remove_directory(struct removal *removal, int parent, const char *name, int depth)
{
	struct stat st;
	int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &st) < 0) {
		note_error(removal);
		if (fd >= 0)
			close(fd);
		return;
	}
	if (st.st_dev == removal->device && !is_mount_root(fd, "") && depth < MAX_DEPTH)
		remove_contents(removal, fd, depth + 1);
	close(fd);
	if (unlinkat(parent, name, AT_REMOVEDIR) < 0 && errno != ENOENT)
		note_error(removal);
}

DIR *cleanup_list(int directory)
{
	int copy = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = copy < 0 ? NULL : fdopendir(copy);

	if (!dir && copy >= 0)
		close(copy);
	return dir;
}

static void remove_contents(struct removal *removal, int directory, int depth)
{
	DIR *dir = cleanup_list(directory);

	if (!dir) {
		note_error(removal);
		return;
	}
	for (struct dirent *entry; (entry = readdir(dir));) {
		const char *name = entry->d_name;
		if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
			continue;
		if (unlinkat(directory, name, 0) == 0 || errno == ENOENT)
			continue;
		/* Linux says EISDIR for a directory, POSIX EPERM. */
		if (errno == EISDIR || errno == EPERM)
			remove_directory(removal, directory, name, depth);
		else
			note_error(removal);
	}
	closedir(dir);
}

static void remove_wanted(struct removal *removal, int directory, bool (*want)(const char *, void *),
			  void *arg)
{
	DIR *dir = cleanup_list(directory);

	if (!dir) {
		note_error(removal);
		return;
	}
	for (struct dirent *entry; (entry = readdir(dir));) {
		struct stat st;
		bool known = fstatat(directory, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0;
		if (known && (S_ISDIR(st.st_mode) || !want(entry->d_name, arg)))
			continue;
		if ((!known || unlinkat(directory, entry->d_name, 0) < 0) && errno != ENOENT)
			note_error(removal);
	}
	closedir(dir);
}

int cleanup_contents(int directory, bool (*want)(const char *name, void *arg), void *arg)
{
	struct removal removal = {0};
	struct stat st;

	if (fstat(directory, &st) < 0)
		return -1;
	removal.device = st.st_dev;
	if (want)
		remove_wanted(&removal, directory, want, arg);
	else
		remove_contents(&removal, directory, 0);
	errno = removal.first_error;
	return removal.first_error ? -1 : 0;
}
