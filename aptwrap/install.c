/* install: indexes, packages, and nothing else left behind. */
#include "verbs.h"

#include "groups.h"
#include "mark.h"
#include "plan.h"
#include "runtime.h"
#include "session.h"

#include "common/msg.h"

#include <string.h>

/* What there was before apt-get had its say. */
struct before {
	struct packages packages;
	struct list manual;
};

static void summarise(const struct session *session)
{
	struct judge_counts counts;
	char disk[32], fetched[32], time[32];

	judge_counts(session->output, session->output_len, &counts);
	judge_size(counts.disk_bytes, disk, sizeof(disk));
	judge_size(counts.fetched_bytes, fetched, sizeof(fetched));
	judge_seconds(run_now_ms() - session->start_ms, time, sizeof(time));
	if (counts.installed + counts.upgraded + counts.removed == 0)
		session_say(session, "nothing to install, %s", time);
	else if (counts.upgraded + counts.removed == 0)
		session_say(session, "installed %lu package%s, %s on disk, %s fetched, %s", counts.installed,
			    counts.installed == 1 ? "" : "s", disk, fetched, time);
	else
		session_say(session, "installed %lu, upgraded %lu, removed %lu packages, %s fetched, %s",
			    counts.installed, counts.upgraded, counts.removed, fetched, time);
}

/* Downloads are retried; what dpkg refused is not. */
static int fetch_and_install(struct session *session, const struct list *argv)
{
	for (unsigned try = 0;; try++) {
		bool stalled = false;
		int status = session_run(session, argv, RUN_APT, &stalled);
		if (status == 0 || session->signals.got)
			return status;
		enum verdict verdict =
			stalled ? VERDICT_RETRY : judge_install(session->output, session->output_len);
		if (status == STATUS_OURS || verdict == VERDICT_FINAL ||
		    !session_again(session, "apt-get install", try, stalled)) {
			session_blame(session, "apt-get install", status, stalled);
			return stalled ? STATUS_APT : status;
		}
		if (verdict == VERDICT_STALE) {
			status = session_update(session);
			if (status != 0)
				return status;
		}
	}
}

/*
 * After a failure in the middle: what came with this run and is not whole goes again, with all else that came
 * with it. A package that was there before and did not survive its upgrade cannot be helped from here.
 */
static void roll_back(struct session *session, const struct before *before)
{
	struct packages after = {0};
	struct list argv = {0}, fresh = {0};

	if (mark_installed(session, &after) != 0 || after.broken.count == 0)
		return;
	packages_new(&fresh, &after.present, &before->packages.present);
	if (fresh.count == 0)
		return;
	msg_warn("removing the %lu packages of the failed run", (unsigned long)fresh.count);
	plan_roll_back(&argv, &fresh);
	int status = session_run(session, &argv, RUN_FINISH, NULL);
	if (status != 0)
		session_blame(session, "dpkg --purge", status, false);
}

static int store_group(struct session *session, const struct before *before)
{
	const char *name = session->request->group;
	struct packages after = {0};
	struct list manual = {0}, turned = {0};
	struct group group = {0};
	int status = mark_installed(session, &after);

	if (status == 0)
		status = mark_manual(session, &manual);
	if (status != 0)
		return status;
	packages_new(&group.fresh, &after.present, &before->packages.present);
	packages_new(&turned, &manual, &before->manual);
	packages_common(&group.manual, &turned, &before->packages.present);
	switch (groups_load(&group, name)) {
	case GROUP_OK:
	case GROUP_ABSENT:
		break;
	case GROUP_BROKEN:
		msg_warn("not a group's file: '%s/%s'", GROUPS_DIRECTORY, name);
		return STATUS_OURS;
	case GROUP_ERROR:
		msg_warn_errno("cannot read '%s/%s'", GROUPS_DIRECTORY, name);
		return STATUS_OURS;
	}
	if (groups_store(&group, name) < 0) {
		msg_warn_errno("cannot write '%s/%s'", GROUPS_DIRECTORY, name);
		return STATUS_OURS;
	}
	return 0;
}

static int look_before(struct session *session, struct before *before)
{
	int status = mark_installed(session, &before->packages);

	if (status == 0 && before->packages.broken.count > 0 && session_repair(session)) {
		before->packages = (struct packages){0};
		status = mark_installed(session, &before->packages);
	}
	if (status == 0 && session->request->group)
		status = mark_manual(session, &before->manual);
	return status;
}

static int install(struct session *session, const struct list *names)
{
	struct before before = {0};
	struct list argv = {0}, all = {0};
	bool simulate = session->request->simulate;
	int status = look_before(session, &before);

	if (status == 0 && !session->signals.got)
		status = session_update(session);
	list_add_all(&all, names);
	if (status == 0 && session->request->runtime_deps)
		status = runtime_packages(session, &all);
	if (status != 0 || session->signals.got)
		return status;
	plan_install(&argv, session->request, &all);
	status = fetch_and_install(session, &argv);
	if (session->signals.got) {
		/* apt-get may have stopped between two runs of dpkg. */
		session_configure(session);
		roll_back(session, &before);
	} else if (status != 0 && !simulate) {
		roll_back(session, &before);
	} else if (status == 0 && !simulate) {
		summarise(session);
		if (session->request->group)
			status = store_group(session, &before);
	}
	return status;
}

int verb_install(const struct request *request, const struct list *names, char *const *envp)
{
	struct session session;
	int status = session_begin(&session, request, envp);

	if (status == 0)
		status = install(&session, names);
	return session_end(&session, status);
}
