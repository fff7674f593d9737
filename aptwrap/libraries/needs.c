/* Which libraries the files of a directory need. See libraries.h. */
#include "aptwrap/libraries/libraries.h"

#include "common/msg.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* "$ORIGIN/../lib:/opt/lib" to directories; origin is where the file is. */
static void add_search(struct list *search, const char *path, const char *origin)
{
	static const char *const tokens[] = {"${ORIGIN}", "$ORIGIN"};

	while (path && *path) {
		size_t len = strcspn(path, ":");
		struct text one = {0};
		for (size_t i = 0; i < len;) {
			size_t skip = 0;
			for (size_t t = 0; t < 2 && !skip; t++)
				skip = text_starts(path + i, tokens[t]) ? strlen(tokens[t]) : 0;
			text_add(&one, skip ? origin : text_copy(path + i, 1));
			i += skip ? skip : 1;
		}
		if (one.len > 0)
			list_add(search, one.data);
		path += len + (path[len] == ':');
	}
}

void needs_add(struct needs *needs, const struct need *need)
{
	for (size_t i = 0; i < needs->count; i++)
		if (strcmp(needs->items[i].library, need->library) == 0 &&
		    elf_same_kind(&needs->items[i].kind, &need->kind) &&
		    strcmp(list_line(&needs->items[i].search), list_line(&need->search)) == 0)
			return;
	needs->items = realloc(needs->items, (needs->count + 1) * sizeof(*needs->items));
	if (!needs->items)
		abort();
	needs->items[needs->count++] = *need;
}

void needs_add_file(struct needs *needs, const char *path)
{
	const char *name = text_base_name(path);
	struct list search = {0};
	struct elf_file file;

	errno = 0;
	enum elf_result result = elf_read_path(path, &file);
	if (result == ELF_NONE && errno != 0)
		msg_warn_errno("passed over: '%s'", path);
	if (result == ELF_BROKEN)
		msg_warn("not a sound ELF file, passed over: '%s'", path);
	if (result != ELF_OK)
		return;
	add_search(&search, file.search, text_copy(path, (size_t)(name - path)));
	list_add_new(&needs->provided, name);
	for (size_t i = 0; i < file.needed.count; i++)
		needs_add(needs, &(struct need){.library = file.needed.items[i],
						.kind = file.kind,
						.search = search,
						.by = text_join(path, NULL)});
}

void needs_parse_ldconfig(struct list *names, struct list *paths, const char *output)
{
	static const char arrow[] = " => ";
	struct list lines = {0};

	list_add_lines(&lines, output);
	for (size_t i = 0; i < lines.count; i++) {
		const char *line = lines.items[i], *path = strstr(line, arrow);
		if (line[0] != '\t' || !path)
			continue;
		list_add(names, text_copy(line + 1, strcspn(line + 1, " ")));
		list_add(paths, path + strlen(arrow));
	}
}

/*
 * find follows no link but one that was named itself. The kernel's own trees have no programs in them, but
 * files without an end.
 */
int needs_read(struct session *session, const struct list *directories, struct needs *needs)
{
	struct list find = {0}, ldconfig = {0};

	list_add_words(&find, "find", "-H", NULL);
	for (size_t i = 0; i < directories->count; i++)
		/* A name that begins with "-" is no option. */
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
	if (step_must(session, &ldconfig, STEP_QUERY) != 0)
		return STATUS_OURS;
	needs_parse_ldconfig(&needs->names, &needs->paths, session->output.data);
	return 0;
}

/* The file that the dynamic linker would take, or NULL. */
char *needs_find_library(const struct needs *needs, const struct need *need)
{
	if (strchr(need->library, '/'))
		return elf_is_kind(need->library, &need->kind) ? need->library : NULL;
	for (size_t i = 0; i < need->search.count; i++) {
		char *path = text_join(need->search.items[i], "/", need->library, NULL);
		if (elf_is_kind(path, &need->kind))
			return path;
	}
	for (size_t i = 0; i < needs->names.count; i++)
		if (strcmp(needs->names.items[i], need->library) == 0 &&
		    elf_is_kind(needs->paths.items[i], &need->kind))
			return needs->paths.items[i];
	return NULL;
}

int needs_missing(struct session *session, const struct list *directories, struct needs *missing)
{
	struct needs needs = {0};
	int status = needs_read(session, directories, &needs);

	for (size_t i = 0; status == 0 && i < needs.count; i++) {
		const struct need *need = &needs.items[i];
		if (!list_has(&needs.provided, need->library) && !needs_find_library(&needs, need))
			needs_add(missing, need);
	}
	return status;
}
