/* --keep-linked: the packages that own what files need. See libraries.h. */
#include "aptwrap/libraries/libraries.h"

#include <stdlib.h>
#include <string.h>

void keep_linked_parse_search(struct list *packages, const char *output)
{
	struct list lines = list_split(output, "\n");

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
 * Adds the names by which dpkg may know the file: its path and the path without links, both with and without
 * /usr. If /lib is a link to /usr/lib, dpkg knows the path that the package was built with.
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

/* One dpkg-query for all files. Its status is 1 if no package owns a name, which is true for most of them. */
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
	keep_linked_parse_search(packages, session->output.data);
	return 0;
}

/* Whether the output of search() has an owner of the file. */
static bool is_owned(const struct session *session, const char *file)
{
	struct list names = {0};

	add_names(&names, file);
	for (size_t i = 0; i < names.count; i++)
		if (strstr(session->output.data, text_join(": ", names.items[i], "\n", NULL)))
			return true;
	return false;
}

int keep_linked_packages(struct session *session, const struct list *directories, struct list *packages)
{
	struct needs needs = {0};
	struct list seen = {0};
	int status = needs_read(session, directories, &needs);

	/* A library that no package owns may need others. So this repeats until it finds nothing new. */
	for (size_t done = 0; status == 0 && done < needs.count;) {
		struct list files = {0};
		for (; done < needs.count; done++) {
			const char *file = needs_find_library(&needs, &needs.items[done]);
			if (!file || list_has(&seen, file))
				continue;
			list_add(&seen, file);
			list_add(&files, file);
		}
		status = search(session, &files, packages);
		for (size_t i = 0; status == 0 && i < files.count; i++)
			if (!is_owned(session, files.items[i]))
				needs_add_file(&needs, files.items[i]);
	}
	return status;
}
