/* See library.h. */
#include "aptwrap/linked/library.h"

#include "aptwrap/run/packages.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void library_parse_cache(struct library_cache *cache, const char *output, size_t len)
{
	static const char arrow[] = " => ";
	const char *line;
	size_t n;

	while (text_line(&output, &len, &line, &n)) {
		const char *path = memmem(line, n, arrow, strlen(arrow)), *space;
		if (line[0] != '\t' || !path || !(space = memchr(line, ' ', n)))
			continue;
		list_add_bytes(&cache->names, line + 1, (size_t)(space - line) - 1);
		path += strlen(arrow);
		list_add_bytes(&cache->paths, path, n - (size_t)(path - line));
	}
}

char *library_find(const struct library_cache *cache, const struct scan_need *need)
{
	if (strchr(need->library, '/'))
		return scan_is_kind(need->library, &need->kind) ? text_join(need->library, NULL) : NULL;
	for (size_t i = 0; i < need->search.count; i++) {
		char *path = text_join(need->search.items[i], "/", need->library, NULL);
		if (scan_is_kind(path, &need->kind))
			return path;
		free(path);
	}
	for (size_t i = 0; i < cache->names.count; i++)
		if (strcmp(cache->names.items[i], need->library) == 0 &&
		    scan_is_kind(cache->paths.items[i], &need->kind))
			return text_join(cache->paths.items[i], NULL);
	return NULL;
}

static void add_both(struct list *paths, const char *path)
{
	list_add_new(paths, path);
	if (strncmp(path, "/usr/", 5) == 0)
		list_add_new(paths, path + 4);
	else
		list_add_new(paths, text_join("/usr", path, NULL));
}

void library_names(struct list *paths, const char *path)
{
	char *real = realpath(path, NULL);

	add_both(paths, path);
	if (real)
		add_both(paths, real);
	free(real);
}

void library_parse_owners(struct list *packages, struct list *paths, const char *native, const char *output,
			  size_t len)
{
	const char *line;
	size_t n;

	while (text_line(&output, &len, &line, &n)) {
		const char *end = memmem(line, n, ": /", 3);
		if (!end || text_starts(line, n, "dpkg-query: ") || text_starts(line, n, "diversion by "))
			continue;
		for (const char *at = line; at < end;) {
			const char *comma = memmem(at, (size_t)(end - at), ", ", 2),
				   *stop = comma ? comma : end;
			struct text name = {0};
			text_add_bytes(&name, at, packages_bare(at, (size_t)(stop - at), native));
			list_add_new(packages, name.data);
			at = comma ? comma + 2 : end;
		}
		struct text path = {0};
		text_add_bytes(&path, end + 2, n - (size_t)(end + 2 - line));
		list_add_new(paths, path.data);
	}
}

bool library_is_name(const char *library)
{
	for (const char *p = library; *p; p++)
		if (*p <= ' ' || *p > '~' || *p == '/')
			return false;
	return *library != '\0';
}
