/* See purge.h. */
#include "aptwrap/verb/purge.h"

#include "aptwrap/group/group.h"
#include "aptwrap/linked/owners.h"
#include "aptwrap/plan/commands.h"
#include "aptwrap/run/fetch.h"
#include "aptwrap/run/summary.h"

#include <dirent.h>
#include <string.h>

int purge_find(struct session *session, const struct list *names, struct list *purged, struct list *kept)
{
	struct list words = {0};

	options_names(session->options, &words);
	list_add_all(&words, names);
	int status = group_resolve(session, purged, &words);
	if (status == 0 && session->options->keep_linked.count > 0)
		status = owners_of(session, &session->options->keep_linked, kept);
	return status;
}

static bool have_indexes(const struct session *session)
{
	DIR *dir = opendir(session_lists(session));
	bool found = false;

	for (struct dirent *entry; dir && !found && (entry = readdir(dir));)
		found = strstr(entry->d_name, "_Packages") != NULL;
	if (dir)
		closedir(dir);
	return found;
}

/*
 * A package that is not installed is no error, a name that does not exist is one. Only an index tells them
 * apart: it is fetched only then. Without one, apt says that it cannot find the name.
 */
static void fetch_if_needed(struct session *session, const struct list *purged)
{
	for (size_t i = 0; i < purged->count; i++)
		if (!packages_match(&session->before, purged->items[i])) {
			if (!have_indexes(session))
				(void)fetch_indexes(session, false);
			return;
		}
}

static int purge(struct session *session, const struct list *names)
{
	struct list purged = {0}, kept = {0}, argv = {0};
	int status = purge_find(session, names, &purged, &kept);

	if (status == 0)
		fetch_if_needed(session, &purged);
	if (status != 0 || session->signals.got)
		return status;
	command_purge(&argv, session->options, &purged, &kept);
	status = fetch_run(session, &argv, "apt-get purge");
	if (status != 0 || session->signals.got || session->options->simulate)
		return status;
	return summary_print(session, 0);
}

int verb_purge(const struct options *options, const struct list *names, char *const *envp)
{
	struct session session;
	int status = session_begin(&session, options, envp);

	if (status == 0)
		status = purge(&session, names);
	return session_end(&session, status);
}
