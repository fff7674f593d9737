/* Lists of packages. See line.h. */
#include "aptwrap/line/line.h"

#include "common/msg.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

const char *names_parse(struct list *names, const char *data, size_t len, unsigned long *bad_line)
{
	static const char blanks[] = " \t\r";
	const char *line;
	size_t n;

	for (*bad_line = 1; text_line(&data, &len, &line, &n); ++*bad_line) {
		const char *comment = memchr(line, '#', n);
		char *name = text_copy(line, comment ? (size_t)(comment - line) : n);
		if (memchr(line, '\0', n))
			return "a NUL byte";
		name += strspn(name, blanks);
		char *end = name + strcspn(name, blanks);
		if (end[strspn(end, blanks)] != '\0')
			return "more than one name";
		*end = '\0';
		if (*name)
			list_add(names, name);
	}
	return NULL;
}

bool names_read(struct list *names, const struct list *files)
{
	for (size_t i = 0; i < files->count; i++) {
		const char *path = files->items[i], *wrong;
		struct text text = {0};
		unsigned long line;
		/* A pipe may be named, too: /dev/fd/3. */
		int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0 || text_read(&text, fd, TEXT_MAX) < 0) {
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
