/* See purge.h. */
#include "aptwrap/verb/purge.h"

#include "aptwrap/group/group.h"
#include "aptwrap/linked/owners.h"
#include "aptwrap/plan/commands.h"
#include "aptwrap/run/step.h"

#include <dirent.h>
#include <string.h>

int purge_command(struct session *session, const struct list *words, struct list *argv)
{
	struct list names = {0}, kept = {0};
	int status = group_resolve(session, &names, words);

	if (status == 0 && session->options->keep_linked.count > 0)
		status = owners_of(session, &session->options->keep_linked, &kept);
	command_purge(argv, session->options, &names, &kept);
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
 * apart: it is fetched only where dpkg does not know a name. If that fails apt says that it cannot find the
 * name.
 */
static void fetch_if_needed(struct session *session, const struct list *words)
{
	struct list argv = {0};

	packages_query(&argv);
	list_add(&argv, "--");
	for (size_t i = 0; i < words->count; i++) {
		const char *word = words->items[i];
		size_t len = strlen(word);
		/* "name-" and "name+" */
		if (!options_valid_group(word) || !list_has(&session->before.groups, group_package(word)))
			list_add(&argv, text_copy(word, len - (len > 1 && strchr("+-", word[len - 1]) &&
							       !list_has(&session->before.names, word))));
	}
	if (step_run(session, &argv, STEP_QUERY) != 0 && !session->signals.got && !have_indexes(session))
		(void)step_update(session, false);
}

static int purge(struct session *session, const struct list *words)
{
	struct list argv = {0};
	int status = purge_command(session, words, &argv);

	if (status == 0)
		fetch_if_needed(session, words);
	if (status == 0)
		status = step_apt(session, &argv, "apt-get purge");
	if (status != 0 || session->signals.got || session->options->simulate)
		return status;
	return step_summary(session, NULL);
}

int verb_purge(const struct options *options, const struct list *words)
{
	struct session session;
	int status = session_begin(&session, options);

	if (status == 0)
		status = purge(&session, words);
	return session_end(&session, status);
}
