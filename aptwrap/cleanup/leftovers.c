/* Backups, caches and logs that tools write for themselves. See cleanup.h. */
#include "aptwrap/cleanup/cleanup.h"

#include "aptwrap/strings.h"
#include "common/msg.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h> /* renameat() */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* STATE: not a backup, but apt's own file, which apt writes again even if nothing in it changes. */
enum { LOG = 1, RESTORE = 2, CLEAN = 4, BOTH = RESTORE | CLEAN, STATE = 8 };

static const struct place {
	const char *directory,
		*patterns; /* with blanks between them: a name, or "*" and how longer names end */
	unsigned use;
} places[] = {
	{"/var/lib/dpkg", "*-old", BOTH},
	{"/var/cache/debconf", "*-old", BOTH},
	{"/var/cache/ldconfig", "aux-cache aux-cache~", BOTH},
	{"/var/log", "dpkg.log alternatives.log bootstrap.log fontconfig.log", LOG | BOTH},
	{"/var/log/apt", "*.log *.log.xz", LOG | BOTH},
	{"/etc", "passwd- group- shadow- gshadow- subuid- subgid- .pwd.lock", RESTORE},
	{"/var/lib/apt", "extended_states", RESTORE | STATE},
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

/* Returns 0, or -1 with errno. */
static int read_file(int directory, const char *name, struct stat *st, struct text *bytes)
{
	int fd = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	int result = fd < 0 || fstat(fd, st) < 0 ? -1 : text_read(bytes, fd);

	descriptor_close(fd);
	return result;
}

/* fnmatch(3) would add 20 kB to the program. */
static bool matches(const char *pattern, const char *name)
{
	size_t tail = strlen(pattern + 1), len = strlen(name);

	if (pattern[0] != '*')
		return strcmp(name, pattern) == 0;
	return len > tail && strcmp(name + len - tail, pattern + 1) == 0;
}

/*
 * Adds the names of the regular files in the directory that match a pattern. Returns 0, or -1 with errno. The
 * name "lock" never matches: processes lock that file, not its name.
 */
static int list_matching(int directory, const struct place *place, struct list *names)
{
	struct list patterns = list_split(place->patterns, " ");
	DIR *dir = directory_read(directory);
	int result = dir ? 0 : -1;
	struct stat st;

	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		bool wanted = false;
		for (size_t i = 0; i < patterns.count; i++)
			wanted |= matches(patterns.items[i], entry->d_name);
		if (!wanted || strcmp(entry->d_name, "lock") == 0)
			continue;
		if (fstatat(directory, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0) {
			if (S_ISREG(st.st_mode))
				list_add(names, entry->d_name);
		} else if (errno != ENOENT) {
			result = -1;
		}
	}
	if (dir)
		closedir(dir);
	return result;
}

static int save_place(struct leftovers *leftovers, const struct place *place, int directory)
{
	struct list names = {0};

	if (list_matching(directory, place, &names) < 0)
		return -1;
	for (size_t i = 0; i < names.count; i++) {
		struct saved_file file = {.place = place, .name = names.items[i]};
		if (read_file(directory, file.name, &file.st, &file.bytes) < 0)
			return -1;
		leftovers->files = memory_grow(leftovers->files, (leftovers->count + 1) * sizeof(file));
		leftovers->files[leftovers->count++] = file;
	}
	return 0;
}

/* The time is not enough: the passwd tools give a backup the time of the original. */
static bool is_changed(int directory, const struct saved_file *file)
{
	const struct stat *then = &file->st;
	struct text bytes = {0};
	struct stat now;
	bool same = read_file(directory, file->name, &now, &bytes) == 0 && now.st_mode == then->st_mode &&
		    now.st_uid == then->st_uid && now.st_gid == then->st_gid &&
		    bytes.len == file->bytes.len && memcmp(bytes.data, file->bytes.data, bytes.len) == 0;

	/* apt's own file is put back only if its content is the same, so that its time is too. */
	if (file->place->use & STATE)
		return same && now.st_mtim.tv_sec != then->st_mtim.tv_sec;
	return !same || now.st_mtim.tv_sec != then->st_mtim.tv_sec ||
	       now.st_mtim.tv_nsec != then->st_mtim.tv_nsec;
}

/* Writes a new file and renames it over the changed one, so that the file is never incomplete. */
static int put_back(int directory, const struct saved_file *file)
{
	const struct timespec times[] = {file->st.st_atim, file->st.st_mtim};
	char *next = text_join(file->name, ".aptwrap", NULL);

	unlinkat(directory, next, 0);
	int fd = openat(directory, next, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return -1;
	errno = ENOSPC; /* if only a part is written */
	bool written = write(fd, file->bytes.data, file->bytes.len) == (ssize_t)file->bytes.len &&
		       fchown(fd, file->st.st_uid, file->st.st_gid) == 0 &&
		       fchmod(fd, file->st.st_mode & 07777) == 0 && futimens(fd, times) == 0;
	if (written && close(fd) == 0 && renameat(directory, next, directory, file->name) == 0)
		return 0;
	int why = errno;
	if (!written)
		close(fd);
	unlinkat(directory, next, 0);
	errno = why;
	return -1;
}

static int restore_place(struct leftovers *leftovers, const struct place *place, int directory)
{
	struct list now = {0}, before = {0}, fresh = {0};
	int result = 0;

	for (size_t i = 0; i < leftovers->count; i++) {
		const struct saved_file *file = &leftovers->files[i];
		if (file->place != place)
			continue;
		list_add(&before, file->name);
		if (is_changed(directory, file))
			result |= put_back(directory, file);
	}
	if (place->use & STATE)
		return result;
	result |= list_matching(directory, place, &now);
	list_add_difference(&fresh, &now, &before);
	for (size_t i = 0; i < fresh.count; i++)
		if (unlinkat(directory, fresh.items[i], 0) < 0 && errno != ENOENT)
			result = -1;
	return result;
}

/* Calls act() for each place of that use. Returns false after a message if that failed for one of them. */
static bool for_each(struct leftovers *leftovers, unsigned use,
		     int (*act)(struct leftovers *, const struct place *, int))
{
	bool well = true;

	for (const struct place *place = places; place < places + sizeof(places) / sizeof(places[0]);
	     place++) {
		if (!(place->use & use) || (leftovers->logs && place->use & LOG) ||
		    (use == CLEAN && mount_is_cache(place->directory)))
			continue;
		int directory = directory_open(place->directory);
		/* If it does not exist, or a part of the path is a link, nothing of ours is there. */
		if (directory < 0 && (errno == ENOENT || errno == ENOTDIR || errno == ELOOP))
			continue;
		if (directory < 0 || act(leftovers, place, directory) < 0) {
			msg_warn_errno("cannot restore or remove '%s' in '%s'", place->patterns,
				       place->directory);
			well = false;
		}
		descriptor_close(directory);
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

	/* debconf's temporary directory is empty once its package is configured. */
	rmdir("/var/cache/debconf/tmp.ci");
	return well;
}

bool leftovers_clean(struct leftovers *leftovers)
{
	*leftovers = (struct leftovers){0};
	return for_each(leftovers, CLEAN, restore_place);
}
