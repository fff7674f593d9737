/* See packages.h. */
#include "packages.h"

#include <string.h>

void packages_query(struct list *argv)
{
	list_add(argv, "dpkg-query");
	list_add(argv, "--show");
	list_add(argv, "--showformat=${db:Status-Status} ${binary:Package}\\n");
}

bool packages_valid_name(const char *name, size_t len)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789.+-:";

	if (len == 0 || len > 300 || !memchr(allowed, name[0], 36))
		return false;
	for (size_t i = 0; i < len; i++)
		if (name[i] == '\0' || !strchr(allowed, name[i]))
			return false;
	return true;
}

size_t packages_bare(const char *name, size_t len, const char *native)
{
	size_t tail = strlen(native);

	if (tail > 0 && len > tail && name[len - tail - 1] == ':' &&
	    memcmp(name + len - tail, native, tail) == 0)
		return len - tail - 1;
	return len;
}

void packages_parse(struct packages *packages, const char *native, const char *output, size_t len)
{
	const char *line;
	size_t n;

	while (text_line(&output, &len, &line, &n)) {
		const char *space = memchr(line, ' ', n);
		if (!space)
			continue;
		const char *name = space + 1;
		size_t name_len = n - (size_t)(name - line);
		if (!packages_valid_name(name, name_len) || text_starts(line, n, "not-installed ") ||
		    text_starts(line, n, "config-files "))
			continue;
		name_len = packages_bare(name, name_len, native);
		list_add_bytes(&packages->present, name, name_len);
		if (!text_starts(line, n, "installed "))
			list_add_bytes(&packages->broken, name, name_len);
	}
}

void packages_new(struct list *added, const struct list *after, const struct list *before)
{
	for (size_t i = 0; i < after->count; i++)
		if (!list_has(before, after->items[i]))
			list_add_new(added, after->items[i]);
}

void packages_common(struct list *common, const struct list *a, const struct list *b)
{
	for (size_t i = 0; i < a->count; i++)
		if (list_has(b, a->items[i]))
			list_add_new(common, a->items[i]);
}

void packages_parse_names(struct list *names, const char *output, size_t len)
{
	const char *line;
	size_t n;

	while (text_line(&output, &len, &line, &n))
		if (packages_valid_name(line, n))
			list_add_bytes(names, line, n);
}
