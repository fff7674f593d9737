/* See names.h. */
#include "aptwrap/line/names.h"

#include <string.h>

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
		if (n == 0)
			continue;
		for (size_t i = 0; i < n; i++)
			if (is_blank(line[i]))
				return "more than one name";
		list_add_bytes(names, line, n);
	}
	return NULL;
}
