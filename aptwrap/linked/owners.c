/* Which packages have what files need. See linked.h. */
#include "aptwrap/linked/linked.h"

#include "common/msg.h"

#include <stdlib.h>
#include <string.h>

struct needs {
	struct scan scan;
	struct list names, paths; /* the dynamic linker's cache */
};

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

void owners_parse_search(struct list *packages, struct list *files, const char *output)
{
	struct list lines = {0};

	list_add_lines(&lines, output);
	for (size_t i = 0; i < lines.count; i++) {
		char *line = lines.items[i], *end = strstr(line, ": /"), *name;
		if (!end || text_starts(line, "diversion by "))
			continue;
		list_add_new(files, end + 2);
		*end = '\0';
		while ((name = strtok_r(line, ", ", &line)))
			list_add_new(packages, name);
	}
}

static int read_needs(struct session *session, const struct list *directories, struct needs *needs)
{
	struct list argv = {0};

	for (size_t i = 0; i < directories->count; i++)
		if (scan_tree(&needs->scan, directories->items[i]) < 0) {
			msg_warn_errno("cannot read '%s'", directories->items[i]);
			return STATUS_OURS;
		}
	list_add_words(&argv, "ldconfig", "-p", NULL);
	if (step_must(session, &argv, STEP_QUERY, "ldconfig -p") != 0)
		return STATUS_OURS;
	owners_parse_cache(&needs->names, &needs->paths, session->output.data);
	return 0;
}

/* The file that the dynamic linker would take, or NULL. */
static char *find_library(const struct needs *needs, const struct scan_need *need)
{
	if (strchr(need->library, '/'))
		return scan_is_kind(need->library, &need->kind) ? need->library : NULL;
	for (size_t i = 0; i < need->search.count; i++) {
		char *path = text_join(need->search.items[i], "/", need->library, NULL);
		if (scan_is_kind(path, &need->kind))
			return path;
	}
	for (size_t i = 0; i < needs->names.count; i++)
		if (strcmp(needs->names.items[i], need->library) == 0 &&
		    scan_is_kind(needs->paths.items[i], &need->kind))
			return needs->paths.items[i];
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

/* One dpkg-query for all files. It ends with 1 where a name is nobody's, which most of the other names are.
 */
static int search(struct session *session, const struct list *files, struct list *packages,
		  struct list *found)
{
	struct list argv = {0};

	if (files->count == 0)
		return 0;
	list_add_words(&argv, "dpkg-query", "--search", "--", NULL);
	for (size_t i = 0; i < files->count; i++)
		add_names(&argv, files->items[i]);
	int status = step_run(session, &argv, STEP_QUERY);
	if (status > 1) {
		step_failed(session, "dpkg-query --search", status);
		return STATUS_OURS;
	}
	owners_parse_search(packages, found, session->output.data);
	return 0;
}

static bool is_owned(const char *file, const struct list *found)
{
	struct list names = {0};

	add_names(&names, file);
	for (size_t i = 0; i < names.count; i++)
		if (list_has(found, names.items[i]))
			return true;
	return false;
}

int owners_of(struct session *session, const struct list *directories, struct list *packages)
{
	struct needs needs = {0};
	struct list seen = {0};
	int status = read_needs(session, directories, &needs);

	/* A library that no package owns may need more: round by round, until nothing is new. */
	for (size_t done = 0; status == 0 && done < needs.scan.count;) {
		struct list files = {0}, found = {0};
		for (; done < needs.scan.count; done++) {
			char *file = find_library(&needs, &needs.scan.needs[done]);
			if (!file || list_has(&seen, file))
				continue;
			list_add(&seen, file);
			list_add(&files, file);
		}
		status = search(session, &files, packages, &found);
		for (size_t i = 0; status == 0 && i < files.count; i++)
			if (!is_owned(files.items[i], &found))
				scan_tree(&needs.scan, files.items[i]);
	}
	return status;
}

int owners_missing(struct session *session, const struct list *directories, struct scan *missing)
{
	struct needs needs = {0};
	int status = read_needs(session, directories, &needs);

	for (size_t i = 0; status == 0 && i < needs.scan.count; i++) {
		const struct scan_need *need = &needs.scan.needs[i];
		if (!list_has(&needs.scan.provided, need->library) && !find_library(&needs, need))
			scan_add(missing, need);
	}
	return status;
}
