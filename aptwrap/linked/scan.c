/* Trees of files, and what the ELF files in them need. See linked.h. */
#include "aptwrap/linked/linked.h"

#include "aptwrap/residue/residue.h"
#include "common/msg.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

/* Deeper trees bound the descriptors in use. */
enum { MAX_DEPTH = 200 };

/* A FIFO does not block here, and it is only read from if it is a plain file. */
static int open_plain(int directory, const char *name, int flags)
{
	int fd = openat(directory, name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | flags);
	struct stat st;

	if (fd >= 0 && (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))) {
		close(fd);
		errno = EINVAL;
		return -1;
	}
	return fd;
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
				skip = text_starts(path + i, tokens[t]) ? strlen(tokens[t]) : 0;
			text_add(&one, skip ? origin : text_copy(path + i, 1));
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

void scan_add(struct scan *scan, const struct scan_need *need)
{
	for (size_t i = 0; i < scan->count; i++)
		if (strcmp(scan->needs[i].library, need->library) == 0 &&
		    elf_same_kind(&scan->needs[i].kind, &need->kind) &&
		    same_list(&scan->needs[i].search, &need->search))
			return;
	scan->needs = realloc(scan->needs, (scan->count + 1) * sizeof(*scan->needs));
	if (!scan->needs)
		abort();
	scan->needs[scan->count++] = *need;
}

/* Closes fd. */
static void add_file(struct scan *scan, int fd, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct list search = {0};
	struct elf_file file;
	enum elf_result result = elf_read(fd, &file);

	close(fd);
	if (result == ELF_BROKEN)
		msg_warn("not a sound ELF file, passed over: '%s'", path);
	if (result != ELF_OK)
		return;
	add_search(&search, file.search, text_copy(path, slash && slash > path ? (size_t)(slash - path) : 1));
	list_add_new(&scan->provided, slash ? slash + 1 : path);
	for (size_t i = 0; i < file.needed.count; i++)
		scan_add(scan, &(struct scan_need){.library = file.needed.items[i],
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

static bool walk(struct scan *scan, int directory, const char *path, int depth);

/* Returns false with errno where it cannot be read. */
static bool take_entry(struct scan *scan, int directory, const char *name, const char *path, int depth)
{
	struct stat st;

	if (fstatat(directory, name, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
	    (!S_ISDIR(st.st_mode) && !S_ISREG(st.st_mode)))
		return true;
	if (S_ISREG(st.st_mode)) {
		int file = open_plain(directory, name, O_NOFOLLOW);
		if (file >= 0)
			add_file(scan, file, path);
		return file >= 0;
	}
	int fd = openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	bool read = fd >= 0 && (is_kernels(fd) || walk(scan, fd, path, depth + 1));
	if (fd >= 0)
		close(fd);
	return read;
}

static bool walk(struct scan *scan, int directory, const char *path, int depth)
{
	DIR *dir = depth < MAX_DEPTH ? residue_list(directory) : NULL;

	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		char *below = text_join(path, "/", entry->d_name, NULL);
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
		    !take_entry(scan, directory, entry->d_name, below, depth))
			msg_warn_errno("passed over: '%s'", below);
		free(below);
	}
	if (!dir && depth >= MAX_DEPTH)
		errno = EMFILE;
	return dir && closedir(dir) == 0;
}

int scan_tree(struct scan *scan, const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	char *real = realpath(path, NULL);

	if (fd < 0 && errno == ENOTDIR) {
		fd = open_plain(AT_FDCWD, path, 0);
		if (fd >= 0)
			add_file(scan, fd, path);
		return fd < 0 ? -1 : 0;
	}
	if (fd < 0 || !real)
		return -1;
	int result = is_kernels(fd) || walk(scan, fd, strcmp(real, "/") == 0 ? "" : real, 0) ? 0 : -1,
	    why = errno;
	close(fd);
	errno = why;
	return result;
}

bool scan_is_kind(const char *path, const struct elf_kind *kind)
{
	int fd = open_plain(AT_FDCWD, path, 0);
	struct elf_file file;

	if (fd < 0)
		return false;
	enum elf_result result = elf_read(fd, &file);
	close(fd);
	return result == ELF_OK && elf_same_kind(&file.kind, kind);
}
