/* See sources.h. */
#include "aptwrap/run/sources.h"

#include "aptwrap/plan/snapshot.h"
#include "aptwrap/run/files.h"
#include "aptwrap/run/private.h"
#include "common/msg.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>

static int pin(const struct session *session, const char *path, bool deb822, size_t *count,
	       struct list *texts)
{
	struct text text = {0};
	char *unknown = NULL;

	if (files_read(AT_FDCWD, path, &text) < 0) {
		msg_warn_errno("cannot read '%s'", path);
		return STATUS_OURS;
	}
	char *pinned = snapshot_pin(text.data, text.len, deb822, session->options->snapshot, count, &unknown);
	if (!pinned) {
		msg_warn("--snapshot: the snapshot service does not have '%s', which '%s' names", unknown,
			 path);
		return STATUS_OURS;
	}
	list_add(texts, pinned);
	return 0;
}

int sources_pin(const struct session *session, struct list *names, struct list *texts)
{
	const char *main_list = session->config.source_list, *parts = session->config.source_parts;
	struct list paths = {0};
	DIR *dir = opendir(parts);
	size_t count = 0;
	int status = 0;

	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		const char *dot = strrchr(entry->d_name, '.');
		if (dot && (strcmp(dot, ".list") == 0 || strcmp(dot, ".sources") == 0))
			list_add(names, text_join("sources.list.d/", entry->d_name, NULL));
	}
	if (dir)
		closedir(dir);
	list_sort(names);
	for (size_t i = 0; i < names->count; i++)
		list_add(&paths, text_join(parts, strchr(names->items[i], '/'), NULL));
	struct text probe = {0};
	if (files_read(AT_FDCWD, main_list, &probe) == 0 || errno != ENOENT) {
		list_add(names, "sources.list");
		list_add(&paths, main_list);
	}
	for (size_t i = 0; status == 0 && i < paths.count; i++) {
		const char *dot = strrchr(names->items[i], '.');
		status = pin(session, paths.items[i], strcmp(dot, ".sources") == 0, &count, texts);
	}
	if (status == 0 && count == 0) {
		msg_warn("--snapshot: there are no package sources");
		return STATUS_OURS;
	}
	return status;
}

int sources_write(const struct session *session)
{
	struct list names = {0}, texts = {0};
	int status = sources_pin(session, &names, &texts);

	for (size_t i = 0; status == 0 && i < names.count; i++)
		if (private_write(session->directory, names.items[i], texts.items[i]) < 0) {
			msg_warn_errno("cannot write to '%s'", PRIVATE_DIRECTORY);
			status = STATUS_OURS;
		}
	return status;
}
