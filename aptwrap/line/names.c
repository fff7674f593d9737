/* See names.h. */
#include "aptwrap/line/names.h"

#include "common/msg.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Debian's own list of packages has 64,000 names in one megabyte. */
enum { MAX_LIST = 16 << 20 };

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

const char *names_parse(struct list *names, const char *data, size_t len, unsigned long *bad_line)
{
	const char *line;
	size_t n;

	*bad_line = 0;
	while (text_line(&data, &len, &line, &n)) {
		++*bad_line;
		if (memchr(line, '\0', n))
			return "a NUL byte";
		const char *comment = memchr(line, '#', n);
		if (comment)
			n = (size_t)(comment - line);
		while (n > 0 && is_blank(line[0]))
			line++, n--;
		while (n > 0 && is_blank(line[n - 1]))
			n--;
		for (size_t i = 0; i < n; i++)
			if (is_blank(line[i]))
				return "more than one name";
		if (n > 0)
			list_add(names, text_copy(line, n));
	}
	return NULL;
}

bool names_read(struct list *names, const struct list *files)
{
	for (size_t i = 0; i < files->count; i++) {
		const char *path = files->items[i], *wrong;
		struct text text = {0};
		unsigned long line;
		int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0 || text_read(&text, fd, MAX_LIST) < 0) {
			msg_warn_errno("cannot read the package list '%s'", path);
			return false;
		}
		if (fd != STDIN_FILENO)
			close(fd);
		if ((wrong = names_parse(names, text.data, text.len, &line))) {
			msg_warn("%s in line %lu of the package list '%s'", wrong, line, path);
			return false;
		}
	}
	return true;
}
