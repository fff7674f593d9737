/* Finds a library in a Contents index. See libraries.h. */
#include "aptwrap/libraries/libraries.h"

#include <string.h>

/* Whether the dynamic linker searches dir: lib, usr/lib and such as usr/lib/x86_64-linux-gnu. */
static bool is_searched(const char *dir)
{
	const char *below = text_starts(dir, "usr/lib") ? dir + 7 : text_starts(dir, "lib") ? dir + 3 : NULL;

	return below && (!*below || (*below == '/' && !strchr(below + 1, '/') && strstr(below, "-linux-")));
}

/* Whether dir is such as usr/lib/x86_64-linux-gnu/blas for libblas.so.3: an alternative links to the file. */
static bool is_alternative(const char *library, const char *dir)
{
	const char *slash = strrchr(dir, '/');

	return slash && is_searched(text_copy(dir, (size_t)(slash - dir))) &&
	       text_starts(library, text_join("lib", slash + 1, ".so", NULL));
}

/* Sets *best to the entry, "SECTION/NAME", if it is the better one. *best may be NULL. */
static void consider(const char **best, const char *entry)
{
	const char *name = text_base_name(entry);
	bool libs = strstr(entry, "libs/") != NULL, best_libs = *best && strstr(*best, "libs/");

	/* The name becomes an argument of apt-get. */
	if (name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.+-")] || !*name || *name == '-')
		return;
	if (!*best || libs > best_libs || (libs == best_libs && strlen(name) < strlen(text_base_name(*best))))
		*best = entry;
}

char *contents_index_find(const char *library, const char *data)
{
	const char *linked = NULL, *alternative = NULL;
	struct list lines = list_split(data, "\n");

	for (size_t i = 0; i < lines.count; i++) {
		/* The packages are the last word. The path may have blanks. */
		char *path = lines.items[i], *packages = path + strlen(path), *slash = NULL, *entry;
		while (packages > path && !strchr(" \t", packages[-1]))
			packages--;
		for (char *end = packages; end > path && strchr(" \t", end[-1]);)
			*--end = '\0';
		if (packages == path || !(slash = strrchr(path, '/')) || strcmp(slash + 1, library) != 0)
			continue;
		*slash = '\0';
		bool searched = is_searched(path);
		if (!searched && !is_alternative(library, path))
			continue;
		while ((entry = strsep(&packages, ",")))
			consider(searched ? &linked : &alternative, entry);
	}
	const char *best = linked ? linked : alternative;
	return best ? text_join(text_base_name(best), NULL) : NULL;
}
