/* See files.h. */
#include "aptwrap/run/files.h"

#include "aptwrap/line/names.h"
#include "common/msg.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Debian's own list of packages has 64,000 names in one megabyte. */
enum { MAX_FILE = 16 << 20, STATUS_OURS = 125 };

int files_read_all(int fd, size_t max, struct text *text)
{
	char buf[16384];
	ssize_t n;

	text_add(text, "");
	while ((n = read(fd, buf, sizeof(buf))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if ((size_t)n > max - text->len) {
			errno = EFBIG;
			return -1;
		}
		text_add_bytes(text, buf, (size_t)n);
	}
	return 0;
}

int files_read(int directory, const char *name, struct text *text)
{
	int fd = openat(directory, name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	int result = fd < 0 ? -1 : files_read_all(fd, MAX_FILE, text);
	int why = errno;

	if (fd >= 0)
		close(fd);
	errno = why;
	return result;
}

static int read_list(struct list *names, const char *path)
{
	struct text text = {0};
	unsigned long line;
	/* A list may come through a pipe, even by name: /dev/fd/3. */
	int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || files_read_all(fd, MAX_FILE, &text) < 0) {
		msg_warn_errno("cannot read the package list '%s'", path);
		return STATUS_OURS;
	}
	if (fd != STDIN_FILENO)
		close(fd);
	const char *wrong = names_parse(names, text.data, text.len, &line);
	if (wrong) {
		msg_warn("%s in line %lu of the package list '%s'", wrong, line, path);
		return STATUS_OURS;
	}
	return 0;
}

int files_names(struct list *names, const struct list *files)
{
	for (size_t i = 0; i < files->count; i++) {
		int status = read_list(names, files->items[i]);
		if (status != 0)
			return status;
	}
	return 0;
}
