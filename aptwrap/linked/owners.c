/* Which packages have what files need. See linked.h. */
#include "aptwrap/linked/linked.h"

#include <stdlib.h>
#include <string.h>

void owners_parse_cache(struct list *names, struct list *paths, const char *output)
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

void owners_parse_search(struct list *packages, const char *output)
{
	struct list lines = {0};

	list_add_lines(&lines, output);
	for (size_t i = 0; i < lines.count; i++) {
		char *line = lines.items[i], *end = strstr(line, ": /"), *name;
		if (!end || text_starts(line, "diversion by "))
			continue;
		*end = '\0';
		while ((name = strtok_r(line, ", ", &line)))
			list_add_new(packages, name);
	}
}

/*
 * find follows no link but one that was named itself. The kernel's own trees have no programs in them, but
 * files without an end.
 */
static int read_needs(struct session *session, const struct list *directories, struct scan *scan)
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
		scan_file(scan, path);
	list_add_words(&ldconfig, "ldconfig", "-p", NULL);
	if (step_must(session, &ldconfig, STEP_QUERY) != 0)
		return STATUS_OURS;
	owners_parse_cache(&scan->names, &scan->paths, session->output.data);
	return 0;
}

/* The file that the dynamic linker would take, or NULL. */
static char *find_library(const struct scan *scan, const struct scan_need *need)
{
	if (strchr(need->library, '/'))
		return scan_is_kind(need->library, &need->kind) ? need->library : NULL;
	for (size_t i = 0; i < need->search.count; i++) {
		char *path = text_join(need->search.items[i], "/", need->library, NULL);
		if (scan_is_kind(path, &need->kind))
			return path;
	}
	for (size_t i = 0; i < scan->names.count; i++)
		if (strcmp(scan->names.items[i], need->library) == 0 &&
		    scan_is_kind(scan->paths.items[i], &need->kind))
			return scan->paths.items[i];
	return NULL;
}

/*
 * The names by which dpkg may know the file: as it is and with its links resolved, both with and without
 * /usr, for where /lib is a link to it dpkg knows the one that the package was built with.
 */
static void add_names(struct list *names, const char *path)
{
	const char *real = realpath(path, NULL), *both[] = {path, real ? real : path};

	for (size_t i = 0; i < 2; i++) {
		bool usr = strncmp(both[i], "/usr/", 5) == 0;
		list_add_new(names, both[i]);
		list_add_new(names, text_join(usr ? "" : "/usr", both[i] + (usr ? 4 : 0), NULL));
	}
}

/* One dpkg-query for all files. It ends with 1 where a name is nobody's, as most of them are. */
static int search(struct session *session, const struct list *files, struct list *packages)
{
	struct list argv = {0};

	list_add_words(&argv, "dpkg-query", "--search", "--", NULL);
	for (size_t i = 0; i < files->count; i++)
		add_names(&argv, files->items[i]);
	if (files->count == 0)
		return 0;
	if (step_run(session, &argv, STEP_QUERY) > 1) {
		step_failed(session);
		return STATUS_OURS;
	}
	owners_parse_search(packages, session->output.data);
	return 0;
}

/* From the last command's output. */
static bool is_owned(const struct session *session, const char *file)
{
	struct list names = {0};
	bool found = false;

	add_names(&names, file);
	for (size_t i = 0; i < names.count; i++)
		found |= strstr(session->output.data, text_join(": ", names.items[i], "\n", NULL)) != NULL;
	return found;
}

int owners_of(struct session *session, const struct list *directories, struct list *packages)
{
	struct scan scan = {0};
	struct list seen = {0};
	int status = read_needs(session, directories, &scan);

	/* A library that no package owns may need more: round by round, until nothing is new. */
	for (size_t done = 0; status == 0 && done < scan.count;) {
		struct list files = {0};
		for (; done < scan.count; done++) {
			char *file = find_library(&scan, &scan.needs[done]);
			if (!file || list_has(&seen, file))
				continue;
			list_add(&seen, file);
			list_add(&files, file);
		}
		status = search(session, &files, packages);
		for (size_t i = 0; status == 0 && i < files.count; i++)
			if (!is_owned(session, files.items[i]))
				scan_file(&scan, files.items[i]);
	}
	return status;
}

int owners_missing(struct session *session, const struct list *directories, struct scan *missing)
{
	struct scan scan = {0};
	int status = read_needs(session, directories, &scan);

	for (size_t i = 0; status == 0 && i < scan.count; i++) {
		const struct scan_need *need = &scan.needs[i];
		if (!list_has(&scan.provided, need->library) && !find_library(&scan, need))
			scan_add(missing, need);
	}
	return status;
}
