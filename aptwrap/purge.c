/* purge: packages, groups, and what they alone needed. */
#include "purge.h"

#include "groups.h"
#include "keep.h"
#include "mark.h"
#include "plan.h"
#include "verbs.h"

#include "common/msg.h"

#include <string.h>

static int take_word(struct purge *purge, struct group *group, const char *word)
{
	if (!groups_valid_name(word))
		return 0;
	switch (groups_load(group, word)) {
	case GROUP_OK:
		list_add_new(&purge->groups, word);
		return 0;
	case GROUP_ABSENT:
		/* To apt it would be a regular expression. */
		if (word[0] == '.') {
			msg_warn("there is no group '%s'", word);
			return STATUS_OURS;
		}
		return 0;
	case GROUP_BROKEN:
		msg_warn("not a group's file: '%s/%s'", GROUPS_DIRECTORY, word);
		return STATUS_OURS;
	case GROUP_ERROR:
		msg_warn_errno("cannot read '%s/%s'", GROUPS_DIRECTORY, word);
		return STATUS_OURS;
	}
	return 0;
}

static int find_members(struct session *session, const struct list *names, struct purge *purge)
{
	const struct request *request = session->request;
	struct packages installed = {0};
	struct group group = {0};
	int status = 0;

	for (size_t i = 0; i < request->word_count && status == 0; i++)
		if (request->words[i].name)
			status = take_word(purge, &group, request->words[i].text);
	for (size_t i = 0; i < names->count && status == 0; i++)
		status = take_word(purge, &group, names->items[i]);
	if (status != 0 || purge->groups.count == 0)
		return status;
	status = mark_installed(session, &installed);
	packages_common(&purge->members, &group.fresh, &installed.present);
	packages_common(&purge->members, &group.manual, &installed.present);
	return status;
}

int purge_find(struct session *session, const struct list *names, struct purge *purge)
{
	int status = find_members(session, names, purge);

	if (status == 0 && session->request->keep_linked.count > 0)
		status = keep_owners(session, &session->request->keep_linked, &purge->kept);
	return status;
}

static void summarise(const struct session *session)
{
	struct judge_counts counts;
	char disk[32], time[32];

	judge_counts(session->output, session->output_len, &counts);
	judge_size(counts.disk_bytes, disk, sizeof(disk));
	judge_seconds(run_now_ms() - session->start_ms, time, sizeof(time));
	if (counts.removed == 0)
		session_say(session, "nothing to remove, %s", time);
	else
		session_say(session, "removed %lu package%s, %s freed, %s", counts.removed,
			    counts.removed == 1 ? "" : "s", disk, time);
}

static int run_purge(struct session *session, const struct list *argv)
{
	static const char unknown[] = "E: Unable to locate package";
	int status = session_run(session, argv, RUN_APT, NULL);

	/*
	 * Without an index apt cannot tell a package that is not installed, which is no error, from one that
	 * does not exist, which is. Only then, and only where there is no index, one is fetched.
	 */
	if (status == STATUS_APT && !session->signals.got &&
	    text_contains(session->output, session->output_len, unknown)) {
		session_fetch_if_none(session);
		if (!session->signals.got)
			status = session_run(session, argv, RUN_APT, NULL);
	}
	if (session->signals.got)
		session_configure(session);
	else if (status != 0)
		session_blame(session, "apt-get purge", status, false);
	else if (!session->request->simulate)
		summarise(session);
	return status;
}

/*
 * A group is not removed by its packages' names, for what somebody else needs by now would go with them. They
 * are marked as automatically installed, and apt removes those that nothing needs.
 */
static int run(struct session *session, const struct list *names)
{
	struct purge purge = {0};
	struct list argv = {0}, manual = {0}, were_manual = {0}, were_auto = {0};
	int status = purge_find(session, names, &purge);

	if (status == 0 && purge.members.count + purge.kept.count > 0)
		status = mark_manual(session, &manual);
	packages_common(&were_manual, &manual, &purge.members);
	packages_new(&were_auto, &purge.kept, &manual);
	if (status == 0)
		status = mark_as(session, "auto", &purge.members);
	if (status == 0)
		status = mark_as(session, "manual", &purge.kept);
	if (status != 0 || session->signals.got)
		return status;
	plan_purge(&argv, session->request, names, &purge.groups, &purge.kept);
	status = run_purge(session, &argv);
	if (status != 0 || session->request->simulate) {
		/* As it was, so that it can be tried again. */
		mark_as(session, "manual", &were_manual);
		mark_as(session, "auto", &were_auto);
		return status;
	}
	for (size_t i = 0; i < purge.groups.count; i++)
		if (groups_forget(purge.groups.items[i]) < 0) {
			msg_warn_errno("cannot remove '%s/%s'", GROUPS_DIRECTORY, purge.groups.items[i]);
			status = STATUS_OURS;
		}
	return status;
}

int verb_purge(const struct request *request, const struct list *names, char *const *envp)
{
	struct session session;
	int status = session_begin(&session, request, envp);

	if (status == 0)
		status = run(&session, names);
	return session_end(&session, status);
}
