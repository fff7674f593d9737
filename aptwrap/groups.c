/* See groups.h. */
#include "groups.h"

#include "files.h"
#include "packages.h"
#include "tree.h"

#include "common/msg.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h> /* renameat() */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_MAX_LEN = 200, MAX_GROUP = 4 << 20 };

#define PARENT_DIRECTORY "/var/lib/praekelt-aptwrap"
#define HEAD             "# Written by praekelt-aptwrap.\n"
#define FRESH            "new "
#define MANUAL           "manual "

bool groups_valid_name(const char *name)
{
	size_t len = strlen(name);

	return len > 0 && len <= NAME_MAX_LEN &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.+_-") == len && strcmp(name, ".") != 0 &&
	       strcmp(name, "..") != 0;
}

static bool take_line(struct list *list, const char *line, size_t len, const char *key)
{
	size_t n = strlen(key);

	if (!text_starts(line, len, key) || !packages_valid_name(line + n, len - n))
		return false;
	list_add_bytes(list, line + n, len - n);
	return true;
}

bool groups_parse(struct group *group, const char *text, size_t len)
{
	struct group read = {0};
	const char *line;
	size_t n;

	while (text_line(&text, &len, &line, &n))
		if (!text_starts(line, n, "#") && !take_line(&read.fresh, line, n, FRESH) &&
		    !take_line(&read.manual, line, n, MANUAL))
			return false;
	for (size_t i = 0; i < read.fresh.count; i++)
		list_add_new(&group->fresh, read.fresh.items[i]);
	for (size_t i = 0; i < read.manual.count; i++)
		list_add_new(&group->manual, read.manual.items[i]);
	return true;
}

static void add_lines(struct text *text, const struct list *list, const char *key)
{
	for (size_t i = 0; i < list->count; i++) {
		text_add(text, key);
		text_add(text, list->items[i]);
		text_add(text, "\n");
	}
}

char *groups_format(const struct group *group)
{
	struct text text = {0};
	struct list fresh = {0}, manual = {0};

	/* Sorted, so that the same packages make the same file. */
	list_add_all(&fresh, &group->fresh);
	list_add_all(&manual, &group->manual);
	list_sort(&fresh);
	list_sort(&manual);
	text_add(&text, HEAD);
	add_lines(&text, &fresh, FRESH);
	add_lines(&text, &manual, MANUAL);
	return text.data;
}

static enum group_result read_group(struct group *group, int fd)
{
	struct text text = {0};
	struct stat st;

	if (fstat(fd, &st) < 0)
		return GROUP_ERROR;
	if (!S_ISREG(st.st_mode) || st.st_size > MAX_GROUP)
		return GROUP_BROKEN;
	if (files_read_all(fd, MAX_GROUP, &text) < 0)
		return errno == EFBIG ? GROUP_BROKEN : GROUP_ERROR;
	return groups_parse(group, text.data, text.len) ? GROUP_OK : GROUP_BROKEN;
}

enum group_result groups_load(struct group *group, const char *name)
{
	int directory = tree_open(GROUPS_DIRECTORY);

	if (directory < 0)
		return errno == ENOENT ? GROUP_ABSENT : GROUP_ERROR;
	int fd = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	int why = errno;
	close(directory);
	errno = why;
	if (fd < 0)
		return errno == ENOENT ? GROUP_ABSENT : errno == ELOOP ? GROUP_BROKEN : GROUP_ERROR;
	enum group_result result = read_group(group, fd);
	why = errno;
	close(fd);
	errno = why;
	return result;
}

static int make_directories(void)
{
	static const char *const paths[] = {PARENT_DIRECTORY, GROUPS_DIRECTORY};

	for (size_t i = 0; i < 2; i++) {
		/* The umask must not count: anybody may list groups. */
		if (mkdir(paths[i], 0755) == 0)
			chmod(paths[i], 0755);
		else if (errno != EEXIST)
			return -1;
	}
	return tree_open(GROUPS_DIRECTORY);
}

int groups_store(const struct group *group, const char *name)
{
	/* No group's name has a capital: nothing is in the way. */
	static const char next[] = "NEXT";
	int directory = make_directories();

	if (directory < 0)
		return -1;
	unlinkat(directory, next, 0);
	int fd = openat(directory, next, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644),
	    result = -1, why;
	if (fd >= 0) {
		result = msg_print(fd, groups_format(group));
		if (result == 0 && (fchmod(fd, 0644) < 0 || fsync(fd) < 0))
			result = -1;
		why = errno;
		if (close(fd) < 0 && result == 0) {
			result = -1;
			why = errno;
		}
		errno = why;
	}
	if (result == 0)
		result = renameat(directory, next, directory, name);
	why = errno;
	if (result < 0)
		unlinkat(directory, next, 0);
	close(directory);
	errno = why;
	return result;
}

int groups_forget(const char *name)
{
	int directory = tree_open(GROUPS_DIRECTORY), result, why;

	if (directory < 0)
		return errno == ENOENT ? 0 : -1;
	result = unlinkat(directory, name, 0);
	why = errno;
	close(directory);
	/* Not empty is as it should be. */
	if (rmdir(GROUPS_DIRECTORY) == 0)
		rmdir(PARENT_DIRECTORY);
	errno = why;
	return result < 0 && errno != ENOENT ? -1 : 0;
}

int groups_names(struct list *names)
{
	int directory = tree_open(GROUPS_DIRECTORY);
	DIR *dir = directory < 0 ? NULL : fdopendir(directory);

	if (!dir)
		return errno == ENOENT ? 0 : -1;
	for (struct dirent *entry; (entry = readdir(dir));)
		if (groups_valid_name(entry->d_name))
			list_add(names, entry->d_name);
	closedir(dir);
	list_sort(names);
	return 0;
}
