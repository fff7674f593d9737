/* Mount points. See cleanup.h. */
#include "aptwrap/cleanup/cleanup.h"

#include "aptwrap/strings.h"

#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * statx(2) fills a struct of 32 words, the second of which are the attributes. The struct itself is missing
 * in the musl of older releases, and defined twice in that of newer ones.
 */
enum { STATX_WORDS = 32, STATX_ATTRIBUTES = 1, STATX_WANT_TYPE = 1, STATX_MOUNT_ROOT = 0x2000 };

bool mount_is_root(int parent, const char *name)
{
	uint64_t stx[STATX_WORDS];

	return syscall(SYS_statx, parent, name, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH, STATX_WANT_TYPE, stx) ==
		       0 &&
	       (stx[STATX_ATTRIBUTES] & STATX_MOUNT_ROOT) != 0;
}

bool mount_is_cache(const char *path)
{
	char *part = text_join(path, NULL);
	struct stat here, above;

	for (; strcmp(part, "/var/lib") != 0 && strcmp(part, "/var") != 0 && *part;
	     *strrchr(part, '/') = '\0')
		/* Before 5.8, the kernel shows only mounts of another device. */
		if (mount_is_root(AT_FDCWD, part) ||
		    (lstat(part, &here) == 0 && S_ISDIR(here.st_mode) &&
		     stat(text_join(part, "/..", NULL), &above) == 0 && here.st_dev != above.st_dev))
			return true;
	return false;
}
