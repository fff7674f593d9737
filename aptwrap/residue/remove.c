/* Directories, mount points, removal. See residue.h. */
#include "aptwrap/residue/residue.h"

#include "aptwrap/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * statx(2) without its struct, 32 words with room for later: older releases' musl has none, and newer ones'
 * cannot stand beside the kernel's. Its attributes are the second word.
 */
enum { STATX_WORDS = 32, STATX_ATTRIBUTES = 1, STATX_WANT_TYPE = 1, STATX_MOUNT_ROOT = 0x2000 };

static bool is_mount_root(int parent, const char *name)
{
	uint64_t stx[STATX_WORDS];

	return syscall(SYS_statx, parent, name, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH, STATX_WANT_TYPE, stx) ==
		       0 &&
	       (stx[STATX_ATTRIBUTES] & STATX_MOUNT_ROOT) != 0;
}

bool residue_is_cache_mount(const char *path)
{
	char *part = text_join(path, NULL);
	struct stat here, above;

	for (; strcmp(part, "/var/lib") != 0 && strcmp(part, "/var") != 0 && *part;
	     *strrchr(part, '/') = '\0')
		/* Kernels before 5.8 do not say; there only another device tells. */
		if (is_mount_root(AT_FDCWD, part) ||
		    (lstat(part, &here) == 0 && S_ISDIR(here.st_mode) &&
		     stat(text_join(part, "/..", NULL), &above) == 0 && here.st_dev != above.st_dev))
			return true;
	return false;
}

int residue_open(const char *path)
{
	int at = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	for (path += strspn(path, "/"); at >= 0 && *path; path += strspn(path, "/")) {
		size_t len = strcspn(path, "/");
		int next = openat(at, text_copy(path, len), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC),
		    why = errno;
		close(at);
		errno = why;
		at = next;
		path += len;
	}
	return at;
}

DIR *residue_list(int directory)
{
	int copy = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = copy < 0 ? NULL : fdopendir(copy);

	if (!dir && copy >= 0)
		close(copy);
	return dir;
}

/* Returns 0, or -1 with errno: why a directory is not empty comes before that it is not. */
static int remove_entry(int directory, const char *name, dev_t device)
{
	struct stat st;
	int why = 0;

	if (unlinkat(directory, name, 0) == 0 || errno == ENOENT)
		return 0;
	int unlinked = errno, fd = openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd < 0) {
		errno = unlinked;
		return -1;
	}
	if (fstat(fd, &st) == 0 && st.st_dev == device && !is_mount_root(fd, "") && residue_remove(fd) < 0)
		why = errno;
	close(fd);
	if (unlinkat(directory, name, AT_REMOVEDIR) == 0 || errno == ENOENT)
		return 0;
	errno = why ? why : errno;
	return -1;
}

int residue_remove(int directory)
{
	DIR *dir = residue_list(directory);
	struct stat st = {0};
	int why = !dir || fstat(directory, &st) < 0 ? errno : 0;

	for (struct dirent *entry; dir && (entry = readdir(dir));)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
		    remove_entry(directory, entry->d_name, st.st_dev) < 0 && why == 0)
			why = errno;
	if (dir)
		closedir(dir);
	errno = why;
	return why ? -1 : 0;
}
