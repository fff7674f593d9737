/* Backups, caches and logs that tools write for themselves. See cleanup.h. */
#include "aptwrap/cleanup/cleanup.h"

#include "aptwrap/strings.h"
#include "common/msg.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h> /* renameat() */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* SAME: not a backup; it is written again although nothing in it changes. */
enum { LOG = 1, RESTORE = 2, CLEAN = 4, BOTH = RESTORE | CLEAN, SAME = 8 };

static const struct place {
	const char *directory, *pattern;
	unsigned use;
} places[] = {
	{"/var/lib/dpkg", "*-old", BOTH},
	{"/var/cache/debconf", "*-old", BOTH},
	{"/var/cache/ldconfig", "aux-cache", BOTH},
	{"/var/cache/ldconfig", "aux-cache~", BOTH},
	{"/var/log", "dpkg.log", LOG | BOTH},
	{"/var/log", "alternatives.log", LOG | BOTH},
	{"/var/log", "bootstrap.log", LOG | BOTH},
	{"/var/log", "fontconfig.log", LOG | BOTH},
	{"/var/log/apt", "*.log", LOG | BOTH},
	{"/var/log/apt", "*.log.xz", LOG | BOTH},
	{"/etc", "passwd-", RESTORE},
	{"/etc", "group-", RESTORE},
	{"/etc", "shadow-", RESTORE},
	{"/etc", "gshadow-", RESTORE},
	{"/etc", "subuid-", RESTORE},
	{"/etc", "subgid-", RESTORE},
	{"/etc", ".pwd.lock", RESTORE},
	{"/var/lib/apt", "extended_states", RESTORE | SAME},
	{"/var/lib/apt/lists", "*", CLEAN},
	{"/var/lib/apt/lists/partial", "*", CLEAN},
	{"/var/lib/apt/lists/auxfiles", "*", CLEAN},
	{"/var/cache/apt/archives", "*.deb", CLEAN},
	{"/var/cache/apt/archives/partial", "*", CLEAN},
	{"/var/cache/apt", "*.bin", CLEAN},
};

struct saved_file {
	const struct place *place;
	char *name;
	struct stat st;
	struct text bytes;
};

/* Reads a plain file. Returns 1, 0 if there is none or if it is something else, or -1 with errno. */
static int read_plain(int directory, const char *name, struct stat *st, struct text *bytes)
{
	if (fstatat(directory, name, st, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT ? 0 : -1;
	if (!S_ISREG(st->st_mode))
		return 0;
	int fd = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	int result = fd < 0 || fstat(fd, st) < 0 || text_read(bytes, fd) < 0 ? -1 : 1, why = errno;
	if (fd >= 0)
		close(fd);
	errno = why;
	return result;
}

/*
 * The names in the directory that match the pattern: a name, or "*" and what names end with. A lock never
 * matches, for a process waits for the file, not for its name.
 */
static void list_matching(int directory, const char *pattern, struct list *names)
{
	DIR *dir = directory_read(directory);
	bool ending = pattern[0] == '*';
	size_t tail = strlen(pattern + ending);

	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		const char *name = entry->d_name;
		size_t len = strlen(name);
		if ((ending ? len > tail : len == tail) && strcmp(name + len - tail, pattern + ending) == 0 &&
		    strcmp(name, "lock") != 0)
			list_add(names, name);
	}
	if (dir)
		closedir(dir);
}

static int save_place(struct leftovers *leftovers, const struct place *place, int directory)
{
	struct list names = {0};

	list_matching(directory, place->pattern, &names);
	for (size_t i = 0; i < names.count; i++) {
		struct saved_file file = {.place = place, .name = names.items[i]};
		int found = read_plain(directory, file.name, &file.st, &file.bytes);
		if (found < 0)
			return -1;
		if (found == 0)
			continue;
		leftovers->files = realloc(leftovers->files, (leftovers->count + 1) * sizeof(file));
		if (!leftovers->files)
			abort();
		leftovers->files[leftovers->count++] = file;
	}
	return 0;
}

/* The time is not enough: passwd's tools give a backup the time of what it is a backup of. */
static bool is_changed(int directory, const struct saved_file *file)
{
	const struct stat *then = &file->st;
	struct text bytes = {0};
	struct stat now;
	bool same = read_plain(directory, file->name, &now, &bytes) == 1 && now.st_mode == then->st_mode &&
		    now.st_uid == then->st_uid && now.st_gid == then->st_gid &&
		    bytes.len == file->bytes.len && memcmp(bytes.data, file->bytes.data, bytes.len) == 0;

	/* A file that is meant to change is put back only if it did not, for its time. */
	if (file->place->use & SAME)
		return same && now.st_mtim.tv_sec != then->st_mtim.tv_sec;
	return !same || now.st_mtim.tv_sec != then->st_mtim.tv_sec ||
	       now.st_mtim.tv_nsec != then->st_mtim.tv_nsec;
}

/* Whole or not at all: a new file is renamed over the changed one. */
static int put_back(int directory, const struct saved_file *file)
{
	const struct timespec times[] = {file->st.st_atim, file->st.st_mtim};
	char *next = text_join(file->name, ".aptwrap", NULL);

	unlinkat(directory, next, 0);
	int fd = openat(directory, next, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return -1;
	ssize_t n = write(fd, file->bytes.data, file->bytes.len);
	int result = n == (ssize_t)file->bytes.len ? 0 : -1;
	if (result < 0 && n >= 0)
		errno = ENOSPC;
	if (result < 0 || fchown(fd, file->st.st_uid, file->st.st_gid) < 0 ||
	    fchmod(fd, file->st.st_mode & 07777) < 0 || futimens(fd, times) < 0 ||
	    renameat(directory, next, directory, file->name) < 0)
		result = -1;
	if (close(fd) < 0 || result < 0) {
		int why = errno;
		unlinkat(directory, next, 0);
		errno = why;
		return -1;
	}
	return 0;
}

static int restore_place(struct leftovers *leftovers, const struct place *place, int directory)
{
	struct list now = {0}, before = {0}, fresh = {0};
	int result = 0;
	struct stat st;

	for (size_t i = 0; i < leftovers->count; i++) {
		const struct saved_file *file = &leftovers->files[i];
		if (file->place != place)
			continue;
		list_add(&before, file->name);
		if (is_changed(directory, file))
			result |= put_back(directory, file);
	}
	list_matching(directory, place->pattern, &now);
	list_add_difference(&fresh, &now, &before);
	for (size_t i = 0; i < fresh.count && !(place->use & SAME); i++)
		if (fstatat(directory, fresh.items[i], &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode))
			result |= unlinkat(directory, fresh.items[i], 0);
	return result;
}

/* Does it for each place of that use. Returns whether that went well, after a message if not. */
static bool for_each(struct leftovers *leftovers, unsigned use,
		     int (*act)(struct leftovers *, const struct place *, int))
{
	bool well = true;

	for (const struct place *place = places; place < places + sizeof(places) / sizeof(places[0]);
	     place++) {
		bool wanted = place->use & use && !(leftovers->logs && place->use & LOG) &&
			      !(use == CLEAN && mount_is_cache(place->directory));
		/* Absent, or a link to elsewhere: nothing of ours happens there. */
		int directory = wanted ? directory_open(place->directory) : -1;
		if (directory < 0)
			continue;
		if (act(leftovers, place, directory) < 0) {
			msg_warn_errno("cannot keep the leftovers, caches and logs out of '%s'",
				       place->directory);
			well = false;
		}
		close(directory);
	}
	return well;
}

bool leftovers_save(struct leftovers *leftovers, bool logs)
{
	*leftovers = (struct leftovers){.logs = logs};
	return for_each(leftovers, RESTORE, save_place);
}

bool leftovers_restore(struct leftovers *leftovers)
{
	bool well = for_each(leftovers, RESTORE, restore_place);

	/* debconf's, empty once its package is configured. */
	rmdir("/var/cache/debconf/tmp.ci");
	return well;
}

bool leftovers_clean(struct leftovers *leftovers)
{
	*leftovers = (struct leftovers){0};
	return for_each(leftovers, CLEAN, restore_place);
}
