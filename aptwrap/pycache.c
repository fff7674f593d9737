/* See pycache.h. */
#include "pycache.h"

#include "files.h"
#include "stamp.h"
#include "text.h"
#include "tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_LIST = 64 << 20 };

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

/* Whether the path is that of something in a directory for bytecode. */
static bool is_cached(const struct tree_entry *entry)
{
	static const char cache[] = "/" CACHE "/";
	size_t tail = strlen(cache) + strlen(entry->name), len = strlen(entry->path);

	return len > tail && text_starts(entry->path + len - tail, tail, cache);
}

static void sweep_one(const struct tree_entry *entry, void *arg)
{
	const struct sweep *sweep = arg;
	bool directory = entry->type == DT_DIR && strcmp(entry->name, CACHE) == 0;
	struct stat st;

	if (!directory && (entry->type != DT_REG || !is_cached(entry)))
		return;
	if (fstatat(entry->directory, entry->name, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
	    stamp_before(&st.st_ctim, sweep->since) || list_has(&sweep->owned, entry->path))
		return;
	/* A directory full of what stays, stays too. */
	unlinkat(entry->directory, entry->name, directory ? AT_REMOVEDIR : 0);
}

void pycache_remove(const struct timespec *since)
{
	static const char *const roots[] = {"/usr/lib", "/usr/share"};
	struct sweep sweep = {.since = since};
	struct tree_walk walk = {.visit = sweep_one, .arg = &sweep};

	/* Where Debian's Python is not, nobody compiled anything. */
	if (access("/usr/lib/python3", F_OK) < 0 && access("/usr/share/python3", F_OK) < 0)
		return;
	find_owned(&sweep.owned, since);
	for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++) {
		int fd = tree_open(roots[i]);
		if (fd < 0)
			continue;
		tree_walk(fd, roots[i], &walk);
		close(fd);
	}
}
