/* See scan.h. */
#include "aptwrap/linked/scan.h"

#include "aptwrap/residue/tree.h"

#include "common/msg.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

static bool read_at(void *arg, uint64_t offset, void *buf, size_t len)
{
	char *to = buf;

	while (len > 0) {
		ssize_t n = pread(*(int *)arg, to, len, (off_t)offset);
		if (n <= 0)
			return false;
		to += n;
		offset += (uint64_t)n;
		len -= (size_t)n;
	}
	return true;
}

/* A FIFO would block, a device might act: only a plain file is opened, and it is looked at again once it is
 * open. */
static int open_plain(int directory, const char *name, int follow)
{
	struct stat st;

	if (fstatat(directory, name, &st, follow) < 0)
		return -1;
	if (!S_ISREG(st.st_mode)) {
		errno = EINVAL;
		return -1;
	}
	int fd = openat(directory, name,
			O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | (follow ? O_NOFOLLOW : 0));
	if (fd >= 0 && (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))) {
		close(fd);
		errno = EINVAL;
		return -1;
	}
	return fd;
}

static enum elf_result read_elf(int fd, struct elf_file *file)
{
	struct elf_source source = {.read = read_at, .arg = &fd};

	return elf_read(&source, file);
}

/* "$ORIGIN/../lib:/opt/lib" to directories; origin is where the file is. */
static void add_search(struct list *search, const char *path, const char *origin)
{
	static const char *const tokens[] = {"${ORIGIN}", "$ORIGIN"};

	while (path && *path) {
		size_t len = strcspn(path, ":");
		struct text one = {0};

		for (size_t i = 0; i < len;) {
			size_t skip = 0;
			for (size_t t = 0; t < 2 && !skip; t++)
				if (text_starts(path + i, len - i, tokens[t]))
					skip = strlen(tokens[t]);
			if (skip)
				text_add(&one, origin);
			else
				text_add_bytes(&one, path + i, 1);
			i += skip ? skip : 1;
		}
		if (one.len > 0)
			list_add(search, one.data);
		path += len + (path[len] == ':');
	}
}

static bool same_list(const struct list *a, const struct list *b)
{
	size_t i = 0;

	while (i < a->count && i < b->count && strcmp(a->items[i], b->items[i]) == 0)
		i++;
	return i == a->count && i == b->count;
}

void scan_take(struct scan *scan, const struct scan_need *need)
{
	for (size_t i = 0; i < scan->count; i++)
		if (strcmp(scan->needs[i].library, need->library) == 0 &&
		    elf_same_kind(&scan->needs[i].kind, &need->kind) &&
		    same_list(&scan->needs[i].search, &need->search))
			return;
	if (scan->count == scan->room) {
		scan->room = scan->room * 2 + 64;
		scan->needs = realloc(scan->needs, scan->room * sizeof(*scan->needs));
		if (!scan->needs)
			abort();
	}
	scan->needs[scan->count++] = *need;
}

static void add_file(struct scan *scan, int fd, const char *path)
{
	struct elf_file file;
	struct list search = {0};
	const char *slash = strrchr(path, '/');

	switch (read_elf(fd, &file)) {
	case ELF_OK:
		break;
	case ELF_NONE:
		return;
	case ELF_BROKEN:
		msg_warn("not a sound ELF file, passed over: '%s'", path);
		return;
	}
	add_search(&search, file.search, text_copy(path, slash && slash > path ? (size_t)(slash - path) : 1));
	list_add_new(&scan->provided, slash ? slash + 1 : path);
	for (size_t i = 0; i < file.needed.count; i++)
		scan_take(scan, &(struct scan_need){.library = file.needed.items[i],
						    .kind = file.kind,
						    .search = search,
						    .by = text_join(path, NULL)});
}

/* The kernel's own trees have no programs in them, but files without an end. */
static bool is_kernels(int directory)
{
	struct statfs fs;

	return fstatfs(directory, &fs) == 0 &&
	       (fs.f_type == PROC_SUPER_MAGIC || fs.f_type == SYSFS_MAGIC ||
		fs.f_type == CGROUP2_SUPER_MAGIC || fs.f_type == DEVPTS_SUPER_MAGIC);
}

static bool may_enter(const struct tree_entry *entry, int fd, void *arg)
{
	(void)entry;
	(void)arg;
	return !is_kernels(fd);
}

static void add_entry(const struct tree_entry *entry, void *arg)
{
	int fd, why = entry->error;

	if (entry->type == DT_REG) {
		fd = open_plain(entry->directory, entry->name, AT_SYMLINK_NOFOLLOW);
		if (fd >= 0) {
			add_file(arg, fd, entry->path);
			close(fd);
			return;
		}
		why = errno;
	}
	if (why)
		msg_warn("passed over, %s: '%s'", strerror(why), entry->path);
}

int scan_tree(struct scan *scan, const char *path)
{
	struct tree_walk walk = {.enter = may_enter, .visit = add_entry, .arg = scan};
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), result = -1;
	bool single = fd < 0 && errno == ENOTDIR;
	char *real = realpath(path, NULL);

	if (single)
		fd = open_plain(AT_FDCWD, path, 0);
	if (fd >= 0 && single) {
		add_file(scan, fd, path);
		result = 0;
	} else if (fd >= 0 && real) {
		result = is_kernels(fd) ? 0 : tree_walk(fd, strcmp(real, "/") == 0 ? "" : real, &walk);
	}
	int why = errno;
	if (fd >= 0)
		close(fd);
	errno = why;
	return result;
}

bool scan_is_kind(const char *path, const struct elf_kind *kind)
{
	struct elf_file file;
	int fd = open_plain(AT_FDCWD, path, 0);

	if (fd < 0)
		return false;
	enum elf_result result = read_elf(fd, &file);
	close(fd);
	return result == ELF_OK && elf_same_kind(&file.kind, kind);
}
