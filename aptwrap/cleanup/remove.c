/* Opens, reads and empties directories without following a link. See cleanup.h. */
#include "aptwrap/cleanup/cleanup.h"

#include "aptwrap/strings.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void descriptor_close(int fd)
{
	int why = errno;

	if (fd >= 0)
		close(fd);
	errno = why;
}

int directory_open(const char *path)
{
	int at = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	for (path += strspn(path, "/"); at >= 0 && *path; path += strspn(path, "/")) {
		size_t len = strcspn(path, "/");
		int next = openat(at, text_copy(path, len), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		descriptor_close(at);
		at = next;
		path += len;
	}
	return at;
}

DIR *directory_read(int directory)
{
	int copy = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = copy < 0 ? NULL : fdopendir(copy);

	if (!dir)
		descriptor_close(copy);
	return dir;
}

/* Returns 0, or -1 with errno. For a directory, the first error inside it counts more than ENOTEMPTY. */
static int remove_entry(int directory, const char *name, dev_t device)
{
	struct stat st;

	if (unlinkat(directory, name, 0) == 0 || errno == ENOENT)
		return 0;
	int why = errno, fd = openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd >= 0) {
		bool inside = fstat(fd, &st) == 0 && st.st_dev == device && !mount_is_root(fd, "");
		why = inside && directory_empty(fd) < 0 ? errno : 0;
		close(fd);
	}
	if (unlinkat(directory, name, AT_REMOVEDIR) == 0 || errno == ENOENT)
		return 0;
	errno = why ? why : errno;
	return -1;
}

int directory_empty(int directory)
{
	DIR *dir = directory_read(directory);
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
