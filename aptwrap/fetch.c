/* See session.h: the package indexes. */
#include "session.h"

#include "cleanup.h"
#include "plan.h"

#include "common/msg.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void forget_lists(struct session *session)
{
	int lists = session->kept.lists
			    ? -1
			    : openat(session->directory, "lists", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (lists < 0)
		return;
	cleanup_contents(lists, NULL, NULL);
	if (mkdirat(lists, "partial", 0755) < 0) {
		/* apt makes it as well, and says so where it cannot */
	}
	close(lists);
}

/* Again and again where that makes sense. lists: what of the indexes came before a failure goes, too. */
static int update(struct session *session, const struct list *argv, bool lists, bool *stalled)
{
	for (unsigned try = 0;; try++) {
		int status = session_run(session, argv, RUN_FETCH, stalled);
		if (session->signals.got)
			return STATUS_OURS;
		if (status == 0 && judge_update_incomplete(session->output, session->output_len))
			status = STATUS_APT;
		if (status == 0)
			return 0;
		bool worth = *stalled || judge_update(session->output, session->output_len) != VERDICT_FINAL;
		if (status == STATUS_OURS || !worth ||
		    !session_again(session, "apt-get update", try, *stalled))
			return *stalled ? STATUS_APT : status;
		if (lists)
			forget_lists(session);
	}
}

int session_update(struct session *session)
{
	uint64_t start_ms = run_now_ms();
	struct judge_counts counts;
	struct list argv = {0};
	char size[32], time[32];
	bool stalled;

	plan_update(&argv);
	int status = update(session, &argv, true, &stalled);
	if (status != 0) {
		session_blame(session, "apt-get update", status, stalled);
		return status;
	}
	judge_counts(session->output, session->output_len, &counts);
	judge_size(counts.fetched_bytes, size, sizeof(size));
	judge_seconds(run_now_ms() - start_ms, time, sizeof(time));
	session_say(session, "fetched the package lists, %s, %s", size, time);
	return 0;
}

bool session_fetch_if_none(struct session *session)
{
	struct list argv = {0};

	if (session->kept.lists || session->fetched)
		return false;
	session->fetched = true;
	plan_update(&argv);
	return session_run(session, &argv, RUN_FETCH, NULL) == 0;
}

bool session_fetch_contents(struct session *session)
{
	struct list argv = {0};
	bool stalled;

	plan_update(&argv);
	plan_add_contents(&argv);
	return update(session, &argv, false, &stalled) == 0;
}
