/* purge: packages, groups, and what they alone needed. */
#include "verbs.h"

#include "plan.h"
#include "session.h"

static void summarise(const struct session *session)
{
	struct judge_counts counts;
	char disk[32], time[32];

	judge_counts(session->output, session->output_len, &counts);
	judge_size(counts.disk_bytes, disk, sizeof(disk));
	judge_seconds(run_now_ms() - session->start_ms, time, sizeof(time));
	session_say(session, "removed %lu package%s, %s freed, %s", counts.removed,
		    counts.removed == 1 ? "" : "s", disk, time);
}

static int purge(struct session *session, const struct list *names)
{
	struct list argv = {0}, none = {0};

	plan_purge(&argv, session->request, names, &none, &none);
	int status = session_run(session, &argv, RUN_APT, NULL);
	if (session->signals.got)
		return status;
	if (status != 0)
		session_blame(session, "apt-get purge", status, false);
	else if (!session->request->simulate)
		summarise(session);
	return status;
}

int verb_purge(const struct request *request, const struct list *names, char *const *envp)
{
	struct session session;
	int status = session_begin(&session, request, envp);

	if (status == 0)
		status = purge(&session, names);
	return session_end(&session, status);
}
