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

int session_update(struct session *session)
{
	uint64_t start_ms = run_now_ms();
	struct list argv = {0};

	plan_update(&argv);
	for (unsigned try = 0;; try++) {
		bool stalled = false;
		int status = session_run(session, &argv, RUN_FETCH, &stalled);
		if (session->signals.got)
			return STATUS_OURS;
		if (status == 0 && judge_update_incomplete(session->output, session->output_len))
			status = STATUS_APT;
		if (status == 0) {
			struct judge_counts counts;
			char size[32], time[32];
			judge_counts(session->output, session->output_len, &counts);
			judge_size(counts.fetched_bytes, size, sizeof(size));
			judge_seconds(run_now_ms() - start_ms, time, sizeof(time));
			session_say(session, "fetched the package lists, %s, %s", size, time);
			return 0;
		}
		bool worth = stalled || judge_update(session->output, session->output_len) != VERDICT_FINAL;
		if (status == STATUS_OURS || !worth ||
		    !session_again(session, "apt-get update", try, stalled)) {
			session_blame(session, "apt-get update", status, stalled);
			return stalled ? STATUS_APT : status;
		}
		forget_lists(session);
	}
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
	static const char target[] =
		"Acquire::IndexTargets::deb::AptwrapContents {\n"
		" MetaKey \"$(COMPONENT)/Contents-$(NATIVE_ARCHITECTURE)\";\n"
		" ShortDescription \"Contents-$(NATIVE_ARCHITECTURE)\";\n"
		" Description \"$(RELEASE)/$(COMPONENT) $(NATIVE_ARCHITECTURE) Contents\";\n"
		" KeepCompressed \"true\"; PDiffs \"false\"; Optional \"true\";\n};\n";
	struct list argv = {0};
	int fd = openat(session->directory, "apt.conf", O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC);
	int written = fd < 0 ? -1 : msg_print(fd, target);

	if (fd >= 0)
		close(fd);
	plan_update(&argv);
	return written == 0 && session_run(session, &argv, RUN_FETCH, NULL) == 0;
}
