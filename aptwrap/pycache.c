/* See pycache.h. */
#include "pycache.h"

#include "cleanup.h"
#include "files.h"
#include "stamp.h"
#include "text.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_DEPTH = 60, MAX_LIST = 64 << 20 };

#define CACHE     "__pycache__"
#define DPKG_INFO "/var/lib/dpkg/info"

static void add_owned(struct list *owned, int fd)
{
	struct text text = {0};
	const char *at, *line;
	size_t left, len;

	if (files_read_all(fd, MAX_LIST, &text) == 0) {
		at = text.data;
		left = text.len;
		while (text_line(&at, &left, &line, &len))
			if (text_contains(line, len, "/" CACHE "/"))
				list_add_bytes(owned, line, len);
	}
	free(text.data);
}

/* Bytecode that packages ship. Only packages that came since then can own a file that did. */
static void find_owned(struct list *owned, const struct timespec *since)
{
	DIR *dir = opendir(DPKG_INFO);
	struct stat st;

	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		const char *dot = strrchr(entry->d_name, '.');
		if (!dot || strcmp(dot, ".list") != 0 ||
		    fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
		    !S_ISREG(st.st_mode) || stamp_before(&st.st_ctim, since))
			continue;
		int fd = openat(dirfd(dir), entry->d_name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
		if (fd >= 0) {
			add_owned(owned, fd);
			close(fd);
		}
	}
	if (dir)
		closedir(dir);
}

struct sweep {
	const struct timespec *since;
	struct list owned;
};

static void walk(const struct sweep *sweep, int directory, const char *path, bool cache, int depth)
{
	DIR *dir = depth < MAX_DEPTH ? fdopendir(directory) : NULL;

	if (!dir) {
		close(directory);
		return;
	}
	for (struct dirent *entry; (entry = readdir(dir));) {
		const char *name = entry->d_name;
		struct stat st;
		if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
		    (!cache && entry->d_type != DT_DIR && entry->d_type != DT_UNKNOWN) ||
		    fstatat(dirfd(dir), name, &st, AT_SYMLINK_NOFOLLOW) < 0)
			continue;
		char *below = text_join(path, "/", name, NULL);
		if (S_ISDIR(st.st_mode)) {
			int fd = openat(dirfd(dir), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
			bool is_cache = strcmp(name, CACHE) == 0;
			if (fd >= 0)
				walk(sweep, fd, below, is_cache, depth + 1);
			/* Full of what stays, it stays too. */
			if (is_cache && !stamp_before(&st.st_ctim, sweep->since))
				unlinkat(dirfd(dir), name, AT_REMOVEDIR);
		} else if (cache && S_ISREG(st.st_mode) && !stamp_before(&st.st_ctim, sweep->since) &&
			   !list_has(&sweep->owned, below)) {
			unlinkat(dirfd(dir), name, 0);
		}
		free(below);
	}
	closedir(dir);
}

void pycache_remove(const struct timespec *since)
{
	static const char *const roots[] = {"/usr/lib", "/usr/share"};
	struct sweep sweep = {.since = since};

	/* Where Debian's Python is not, nobody compiled anything. */
	if (access("/usr/lib/python3", F_OK) < 0 && access("/usr/share/python3", F_OK) < 0)
		return;
	find_owned(&sweep.owned, since);
	for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++) {
		int fd = cleanup_open(roots[i]);
		if (fd >= 0)
			walk(&sweep, fd, roots[i], false, 0);
	}
}
