/* install: indexes, packages, and nothing else left behind. */
#include "verbs.h"

#include "plan.h"
#include "session.h"

#include "common/msg.h"

#include <string.h>

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
static int install_packages(struct session *session, const struct list *names)
{
	struct list argv = {0};

	plan_install(&argv, session->request, names);
	for (unsigned try = 0;; try++) {
		bool stalled = false;
		int status = session_run(session, &argv, RUN_APT, &stalled);
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

static int install(struct session *session, const struct list *names)
{
	int status = session_update(session);

	if (status != 0)
		return status;
	status = install_packages(session, names);
	if (status == 0 && !session->request->simulate)
		summarise(session);
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
