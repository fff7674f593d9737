/* See backups.h. */
#include "aptwrap/residue/backups.h"

#include "aptwrap/residue/remove.h"
#include "aptwrap/text.h"
#include "aptwrap/residue/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h> /* renameat() */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct place {
	const char *directory, *pattern; /* a name, or "*" and what it ends with */
	bool log;
	bool restore_only; /* nothing of apt's: the verb clean leaves it */
} places[] = {
	{"/var/lib/dpkg", "*-old", false, false},
	{"/var/cache/debconf", "*-old", false, false},
	{"/var/cache/ldconfig", "aux-cache", false, false},
	{"/var/cache/ldconfig", "aux-cache~", false, false},
	{"/var/log", "dpkg.log", true, false},
	{"/var/log", "alternatives.log", true, false},
	{"/var/log", "bootstrap.log", true, false},
	{"/var/log", "fontconfig.log", true, false},
	{"/var/log/apt", "*.log", true, false},
	{"/var/log/apt", "*.log.xz", true, false},
	{"/etc", "passwd-", false, true},
	{"/etc", "group-", false, true},
	{"/etc", "shadow-", false, true},
	{"/etc", "gshadow-", false, true},
	{"/etc", "subuid-", false, true},
	{"/etc", "subgid-", false, true},
	{"/etc", ".pwd.lock", false, true},
};

enum { PLACES = sizeof(places) / sizeof(places[0]) };

#define SAVED "saved"

static bool matches(const char *name, void *arg)
{
	const struct place *place = arg;
	size_t len = strlen(name);

	if (place->pattern[0] != '*')
		return strcmp(name, place->pattern) == 0;
	size_t tail = strlen(place->pattern + 1);
	return len > tail && strcmp(name + len - tail, place->pattern + 1) == 0;
}

/* struct place is constant; remove_contents() hands its argument back as it got it. */
static void *as_arg(const struct place *place)
{
	union {
		const struct place *from;
		void *to;
	} u = {.from = place};

	return u.to;
}

static int copy_bytes(int from, int to)
{
	char buf[65536];
	ssize_t n;

	while ((n = read(from, buf, sizeof(buf))) > 0)
		for (ssize_t done = 0; done < n;) {
			ssize_t written = write(to, buf + done, (size_t)(n - done));
			if (written < 0)
				return -1;
			done += written;
		}
	return n < 0 ? -1 : 0;
}

/* A copy with owner, mode and times. The target must not exist; it is removed again where something fails. */
static int copy_file(int from_dir, const char *from_name, int to_dir, const char *to_name)
{
	struct stat st;
	int from = openat(from_dir, from_name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

	if (from < 0)
		return -1;
	int to = openat(to_dir, to_name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	int result = to < 0 ? -1 : 0;
	if (result == 0 && (fstat(from, &st) < 0 || copy_bytes(from, to) < 0 ||
			    fchown(to, st.st_uid, st.st_gid) < 0 || fchmod(to, st.st_mode & 07777) < 0 ||
			    futimens(to, (struct timespec[]){st.st_atim, st.st_mtim}) < 0))
		result = -1;
	int why = errno;
	if (to >= 0 && close(to) < 0 && result == 0) {
		result = -1;
		why = errno;
	}
	if (to >= 0 && result < 0)
		unlinkat(to_dir, to_name, 0);
	close(from);
	errno = why;
	return result;
}

/* 1 for a file, 0 for none or for something else, -1 with errno where that cannot be told. */
static int is_plain(int directory, const char *name, struct stat *st)
{
	if (fstatat(directory, name, st, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT ? 0 : -1;
	return S_ISREG(st->st_mode);
}

/* The name of a copy: the place's number and the file's name. The program that reads it back is the same. */
static char *saved_name(size_t place, const char *name)
{
	return text_join(SAVED "/", text_number(place), "!", name, NULL);
}

static int save_place(int private_directory, size_t number)
{
	const struct place *place = &places[number];
	int directory = tree_open(place->directory);
	struct stat st;

	/* Absent, or a link to elsewhere: nothing of ours will happen there. */
	if (directory < 0)
		return 0;
	DIR *dir = tree_list(directory);
	int result = dir ? 0 : -1;
	for (struct dirent *entry; result == 0 && (entry = readdir(dir));) {
		if (!matches(entry->d_name, as_arg(place)))
			continue;
		result = is_plain(directory, entry->d_name, &st);
		if (result > 0)
			result = copy_file(directory, entry->d_name, private_directory,
					   saved_name(number, entry->d_name));
	}
	int why = errno;
	if (dir)
		closedir(dir);
	close(directory);
	errno = why;
	return result;
}

int backups_save(int private_directory, bool logs)
{
	if (mkdirat(private_directory, SAVED, 0700) < 0)
		return -1;
	for (size_t i = 0; i < PLACES; i++)
		if (!(logs && places[i].log) && save_place(private_directory, i) < 0)
			return -1;
	return 0;
}

static bool same(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	       a->st_mtim.tv_nsec == b->st_mtim.tv_nsec && a->st_mode == b->st_mode &&
	       a->st_uid == b->st_uid && a->st_gid == b->st_gid;
}

/* The size and the time are not enough: passwd's tools give a backup the time of what it is a backup of. */
static bool same_bytes(int a_dir, const char *a_name, int b_dir, const char *b_name)
{
	char a_buf[16384], b_buf[sizeof(a_buf)];
	int a = openat(a_dir, a_name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	int b = openat(b_dir, b_name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	ssize_t n = -1;

	while (a >= 0 && b >= 0 && (n = read(a, a_buf, sizeof(a_buf))) > 0)
		if (read(b, b_buf, (size_t)n) != n || memcmp(a_buf, b_buf, (size_t)n) != 0) {
			n = -1;
			break;
		}
	if (a >= 0)
		close(a);
	if (b >= 0)
		close(b);
	return n == 0;
}

/* Whole or not at all: a new file is renamed over the changed one. */
static int put_back(int private_directory, const char *saved, int directory, const char *name)
{
	char *next = text_join(name, ".aptwrap", NULL);

	unlinkat(directory, next, 0);
	if (copy_file(private_directory, saved, directory, next) < 0)
		return -1;
	return renameat(directory, next, directory, name);
}

static int restore_place(int private_directory, size_t number)
{
	const struct place *place = &places[number];
	int directory = tree_open(place->directory), result = 0, why = 0;
	char *prefix = text_join(text_number(number), "!", NULL);
	struct stat now, then;

	if (directory < 0)
		return 0;
	DIR *dir = tree_list(directory);
	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		const char *name = entry->d_name;
		if (!matches(name, as_arg(place)))
			continue;
		int here = is_plain(directory, name, &now), before = 1;
		if (here > 0)
			before = is_plain(private_directory, saved_name(number, name), &then);
		if (here < 0 || before < 0 || (before == 0 && unlinkat(directory, name, 0) < 0)) {
			result = -1;
			why = errno;
		}
	}
	if (dir)
		closedir(dir);
	int saved = openat(private_directory, SAVED, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	dir = saved < 0 ? NULL : fdopendir(saved);
	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		if (strncmp(entry->d_name, prefix, strlen(prefix)) != 0)
			continue;
		const char *name = entry->d_name + strlen(prefix);
		if (fstatat(saved, entry->d_name, &then, AT_SYMLINK_NOFOLLOW) == 0 &&
		    fstatat(directory, name, &now, AT_SYMLINK_NOFOLLOW) == 0 && same(&now, &then) &&
		    same_bytes(saved, entry->d_name, directory, name))
			continue;
		if (put_back(private_directory, text_join(SAVED "/", entry->d_name, NULL), directory, name) <
		    0) {
			result = -1;
			why = errno;
		}
	}
	if (dir)
		closedir(dir);
	close(directory);
	errno = why;
	return result;
}

int backups_restore(int private_directory, bool logs, const char **where)
{
	int result = 0, why = 0;

	for (size_t i = 0; i < PLACES; i++)
		if (!(logs && places[i].log) && restore_place(private_directory, i) < 0 && result == 0) {
			result = -1;
			why = errno;
			*where = places[i].directory;
		}
	/* debconf's, empty once its package is configured. */
	rmdir("/var/cache/debconf/tmp.ci");
	errno = why;
	return result;
}

int backups_remove(const char **where)
{
	int result = 0, why = 0;

	for (size_t i = 0; i < PLACES; i++) {
		int directory = places[i].restore_only ? -1 : tree_open(places[i].directory);
		if (directory < 0)
			continue;
		if (remove_contents(directory, matches, as_arg(&places[i])) < 0 && result == 0) {
			result = -1;
			why = errno;
			*where = places[i].directory;
		}
		close(directory);
	}
	errno = why;
	return result;
}
