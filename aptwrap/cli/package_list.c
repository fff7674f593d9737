/* Lists of packages. See cli.h. */
#include "aptwrap/cli/cli.h"

#include "common/msg.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

const char *package_list_parse(struct list *names, const char *data, unsigned long *bad_line)
{
	static const char blanks[] = " \t\r";
	struct list lines = list_split(data, "\n");

	for (size_t i = 0; i < lines.count; i++) {
		char *name = lines.items[i] + strspn(lines.items[i], blanks),
		     *end = name + strcspn(name, " \t\r#");
		*bad_line = i + 1;
		if (!strchr("#", end[strspn(end, blanks)]))
			return "more than one name";
		*end = '\0';
		if (*name)
			list_add(names, name);
	}
	return NULL;
}

bool package_list_read(struct list *names, const struct list *files)
{
	for (size_t i = 0; i < files->count; i++) {
		const char *path = files->items[i], *wrong;
		struct text text = {0};
		unsigned long line = 0;
		int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0 || text_read(&text, fd) < 0) {
			msg_warn_errno("cannot read the package list '%s'", path);
			return false;
		}
		if (fd != STDIN_FILENO)
			close(fd);
		wrong = package_list_parse(names, text.data, &line);
		if (!wrong && strlen(text.data) < text.len)
			wrong = "a NUL byte";
		if (wrong) {
			msg_warn("%s in line %lu of the package list '%s'", wrong, line, path);
			return false;
		}
	}
	return true;
}
