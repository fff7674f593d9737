#include "read_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool read_open(int fd, struct arena *arena, struct file *file, struct error *why)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return error_set_errno(why, "cannot look at %s", file->path);
	if (!S_ISREG(st.st_mode))
		return error_set(why, "cannot use %s: not a regular file", file->path);
	if (st.st_size > FILE_MAX)
		return error_set(why, "cannot use %s: larger than %d MiB", file->path, FILE_MAX >> 20);

	/* One byte more than its size shows that the file grew meanwhile. */
	const size_t size = (size_t)st.st_size;
	char *buf = arena_take(arena, size + 1, why);
	if (!buf)
		return false;
	file->bytes = (struct span){.at = buf, .len = 0};
	ssize_t n;
	do {
		n = read(fd, buf + file->bytes.len, size + 1 - file->bytes.len);
		if (n < 0)
			return error_set_errno(why, "cannot read %s", file->path);
		file->bytes.len += (size_t)n;
	} while (n > 0 && file->bytes.len < size);
	return file->bytes.len == size ||
	       error_set(why, "cannot use %s: it changed while it was read", file->path);
}

bool read_file(const char *path, struct arena *arena, struct file *file, struct error *why)
{
	/* O_NONBLOCK: do not wait for a FIFO. O_NOCTTY: a terminal must not become the controlling one. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	*file = (struct file){.path = path, .absent = fd < 0, .bytes = {.at = "", .len = 0}};
	if (fd < 0)
		return errno == ENOENT || error_set_errno(why, "cannot open %s", path);
	bool done = read_open(fd, arena, file, why);
	close(fd);
	return done;
}
