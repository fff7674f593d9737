/* Which libraries the files of a directory need. See libraries.h. */
#include "aptwrap/libraries/libraries.h"

#include "common/msg.h"

#include <errno.h>
#include <string.h>

/* DT_RUNPATH, such as "$ORIGIN/../lib:/opt/lib", as lines. origin is the file's directory with a slash. */
static char *search_lines(const char *runpath, const char *origin)
{
	struct text lines = {0};

	text_add(&lines, "");
	while (runpath && *runpath) {
		size_t skip = text_starts(runpath, "${ORIGIN}") ? 9 : text_starts(runpath, "$ORIGIN") ? 7 : 0;
		if (skip)
			text_add(&lines, origin);
		else
			text_add_bytes(&lines, *runpath == ':' ? "\n" : runpath, 1);
		runpath += skip ? skip : 1;
	}
	return lines.data;
}

/* Adds a need, unless it is there already. */
static void add(struct needs *needs, const struct need *need)
{
	for (size_t i = 0; i < needs->count; i++)
		if (strcmp(needs->items[i].library, need->library) == 0 &&
		    strcmp(needs->items[i].search, need->search) == 0 && needs->items[i].kind == need->kind)
			return;
	needs->items = memory_grow(needs->items, (needs->count + 1) * sizeof(*needs->items));
	needs->items[needs->count++] = *need;
}

void needs_add_file(struct needs *needs, const char *path)
{
	const char *name = text_base_name(path);
	struct elf_file file;

	errno = 0;
	enum elf_result result = elf_read_path(path, &file);
	if (result == ELF_NONE && errno != 0)
		msg_warn_errno("skipped '%s'", path);
	if (result == ELF_BROKEN)
		msg_warn("skipped '%s': not a valid ELF file", path);
	if (result != ELF_OK)
		return;
	list_add_new(&needs->provided, name);
	struct need need = {.kind = file.kind,
			    .search = search_lines(file.search, text_copy(path, (size_t)(name - path))),
			    .by = text_join(path, NULL)};
	for (size_t i = 0; i < file.needed.count; i++) {
		need.library = file.needed.items[i];
		add(needs, &need);
	}
}

const char *needs_cached_path(const char *line, const char *library)
{
	const char *path = strstr(line, " => ");

	return path && text_starts(line, text_join("\t", library, " ", NULL)) ? path + 4 : NULL;
}

/* find -H follows only the directories themselves. The kernel's file systems have files without an end. */
int needs_read(struct session *session, const struct list *directories, struct needs *needs)
{
	struct list find = {0}, ldconfig = {0};

	list_add_words(&find, "find", "-H", NULL);
	for (size_t i = 0; i < directories->count; i++)
		/* A name that starts with "-" would be an option. */
		list_add(&find,
			 text_join(directories->items[i][0] == '/' ? "" : "./", directories->items[i], NULL));
	list_add_words(&find, "(", "-fstype", "proc", "-o", "-fstype", "sysfs", "-o", "-fstype", "cgroup2",
		       "-o", "-fstype", "devpts", ")", "-prune", "-o", "-type", "f", "-print0", NULL);
	if (step_must(session, &find, STEP_QUERY) != 0)
		return STATUS_OURS;
	const char *end = session->output.data + session->output.len;
	for (const char *path = session->output.data; path < end; path += strlen(path) + 1)
		needs_add_file(needs, path);
	list_add_words(&ldconfig, "ldconfig", "-p", NULL);
	return step_lines(session, &ldconfig, &needs->cache) == 0 ? 0 : STATUS_OURS;
}

const char *needs_find_library(const struct needs *needs, const struct need *need)
{
	struct list search = list_split(need->search, "\n");
	const char *path;

	if (strchr(need->library, '/'))
		return elf_is_kind(need->library, need->kind) ? need->library : NULL;
	for (size_t i = 0; i < search.count; i++) {
		path = text_join(search.items[i], "/", need->library, NULL);
		if (search.items[i][0] && elf_is_kind(path, need->kind))
			return path;
	}
	for (size_t i = 0; i < needs->cache.count; i++)
		if ((path = needs_cached_path(needs->cache.items[i], need->library)) &&
		    elf_is_kind(path, need->kind))
			return path;
	return NULL;
}

void needs_drop_found(struct needs *needs)
{
	size_t missing = 0;

	for (size_t i = 0; i < needs->count; i++) {
		const struct need *need = &needs->items[i];
		if (!list_has(&needs->provided, need->library) && !needs_find_library(needs, need))
			needs->items[missing++] = *need;
	}
	needs->count = missing;
}
