/* See tree.h. */
#include "aptwrap/residue/tree.h"

#include "aptwrap/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Deeper trees than this are somebody's joke; it bounds the descriptors in use. */
enum { MAX_DEPTH = 200 };

int tree_open(const char *path)
{
	int at = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	while (at >= 0 && *path) {
		char part[256];
		path += strspn(path, "/");
		size_t len = strcspn(path, "/");
		if (len == 0)
			break;
		if (len >= sizeof(part)) {
			close(at);
			errno = ENAMETOOLONG;
			return -1;
		}
		memcpy(part, path, len);
		part[len] = '\0';
		path += len;
		int next = openat(at, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		int why = errno;
		close(at);
		errno = why;
		at = next;
	}
	return at;
}

DIR *tree_list(int directory)
{
	int copy = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = copy < 0 ? NULL : fdopendir(copy);

	if (!dir && copy >= 0)
		close(copy);
	return dir;
}

static unsigned char type_of(int directory, const struct dirent *entry)
{
	struct stat st;

	/* Not all file systems tell. */
	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type;
	if (fstatat(directory, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return DT_UNKNOWN;
	return (unsigned char)IFTODT(st.st_mode);
}

/* The place of one walk: path grows and shrinks with it. */
struct walker {
	const struct tree_walk *walk;
	struct text path;
};

static void read_directory(struct walker *walker, DIR *dir, int depth);

/* Returns 0 or errno. */
static int go_into(struct walker *walker, const struct tree_entry *entry, int depth)
{
	if (depth >= MAX_DEPTH)
		return EMFILE;
	int fd = openat(entry->directory, entry->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return errno;
	const struct tree_walk *walk = walker->walk;
	DIR *dir = NULL;
	if ((walk->enter && !walk->enter(entry, fd, walk->arg)) || !(dir = fdopendir(fd))) {
		close(fd);
		return 0;
	}
	read_directory(walker, dir, depth + 1);
	closedir(dir);
	return 0;
}

static void read_directory(struct walker *walker, DIR *dir, int depth)
{
	struct text *path = &walker->path;
	size_t len = path->len;

	for (struct dirent *found; (found = readdir(dir));) {
		struct tree_entry entry = {.directory = dirfd(dir), .name = found->d_name, .top = depth == 0};
		if (strcmp(entry.name, ".") == 0 || strcmp(entry.name, "..") == 0)
			continue;
		entry.type = type_of(entry.directory, found);
		/* Gone meanwhile. */
		if (entry.type == DT_UNKNOWN)
			continue;
		text_add(path, "/");
		text_add(path, entry.name);
		entry.path = path->data;
		if (entry.type == DT_DIR)
			entry.error = go_into(walker, &entry, depth);
		/* What is below may have needed more room. */
		entry.path = path->data;
		walker->walk->visit(&entry, walker->walk->arg);
		path->len = len;
		path->data[len] = '\0';
	}
}

int tree_walk(int directory, const char *path, const struct tree_walk *walk)
{
	struct walker walker = {.walk = walk};
	DIR *dir = tree_list(directory);

	if (!dir)
		return -1;
	text_add(&walker.path, path);
	read_directory(&walker, dir, 0);
	closedir(dir);
	free(walker.path.data);
	return 0;
}
