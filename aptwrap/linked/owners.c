/* See owners.h. */
#include "aptwrap/linked/owners.h"

#include "aptwrap/linked/library.h"
#include "aptwrap/run/step.h"
#include "common/msg.h"

#include <string.h>

static int scan_all(struct scan *scan, const struct list *directories)
{
	for (size_t i = 0; i < directories->count; i++)
		if (scan_tree(scan, directories->items[i]) < 0) {
			msg_warn_errno("cannot read '%s'", directories->items[i]);
			return STATUS_OURS;
		}
	return 0;
}

static int read_cache(struct session *session, struct library_cache *cache)
{
	struct list argv = {0};

	list_add(&argv, "ldconfig");
	list_add(&argv, "-p");
	if (step_must(session, &argv, STEP_QUERY, "ldconfig -p") != 0)
		return STATUS_OURS;
	library_parse_cache(cache, session->output.data, session->output.len);
	return 0;
}

/* One dpkg-query for all files. It ends with 1 where a name is nobody's, which most of the other names are.
 */
static int find_owners(struct session *session, const struct list *files, struct list *packages,
		       struct list *found)
{
	struct list argv = {0};

	if (files->count == 0)
		return 0;
	list_add(&argv, "dpkg-query");
	list_add(&argv, "--search");
	list_add(&argv, "--");
	for (size_t i = 0; i < files->count; i++)
		library_names(&argv, files->items[i]);
	int status = step_run(session, &argv, STEP_QUERY);
	if (status > 1) {
		step_failed(session, "dpkg-query --search", status);
		return STATUS_OURS;
	}
	library_parse_owners(packages, found, session->config.architecture, session->output.data,
			     session->output.len);
	return 0;
}

static bool is_owned(const char *file, const struct list *found)
{
	struct list names = {0};

	library_names(&names, file);
	for (size_t i = 0; i < names.count; i++)
		if (list_has(found, names.items[i]))
			return true;
	return false;
}

int owners_of(struct session *session, const struct list *directories, struct list *packages)
{
	struct scan scan = {0};
	struct library_cache cache = {0};
	struct list seen = {0};
	int status = scan_all(&scan, directories);

	if (status == 0)
		status = read_cache(session, &cache);
	/* A library that is no package's may need more: round by round, until nothing is new. */
	for (size_t done = 0; status == 0 && done < scan.count;) {
		struct list files = {0}, found = {0};
		for (; done < scan.count; done++) {
			char *file = library_find(&cache, &scan.needs[done]);
			if (!file || list_has(&seen, file))
				continue;
			list_add(&seen, file);
			list_add(&files, file);
		}
		status = find_owners(session, &files, packages, &found);
		for (size_t i = 0; status == 0 && i < files.count; i++)
			if (!is_owned(files.items[i], &found))
				scan_file(&scan, files.items[i]);
	}
	return status;
}

int owners_missing(struct session *session, const struct list *directories, struct scan *missing)
{
	struct scan scan = {0};
	struct library_cache cache = {0};
	int status = scan_all(&scan, directories);

	if (status == 0)
		status = read_cache(session, &cache);
	if (status != 0)
		return status;
	for (size_t i = 0; i < scan.count; i++) {
		const struct scan_need *need = &scan.needs[i];
		if (!list_has(&scan.provided, need->library) && !library_find(&cache, need))
			scan_take(missing, need);
	}
	return 0;
}
