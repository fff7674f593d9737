/* See fetch.h. */
#include "aptwrap/run/fetch.h"

#include "aptwrap/plan/commands.h"
#include "aptwrap/run/step.h"
#include "common/msg.h"

#include <fcntl.h>
#include <unistd.h>

enum { LOCK_LOOK_MS = 200, MAX_PAUSE_S = 32 };

static bool is_locked(const char *path)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
	bool locked = fd >= 0 && fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;

	if (fd >= 0)
		close(fd);
	return locked;
}

/*
 * Runs apt-get once the locks of its lists and its archives are free. Another build may hold them in a cache
 * mount, and apt's DPkg::Lock::Timeout does not cover them. When our own time-out is over apt tries, and
 * gives its reason.
 */
static int run_unlocked(struct session *session, const struct list *argv)
{
	const char *lists = text_join(session_lists(session), "/lock", NULL);
	const char *archives = text_join(session_archives(session), "/lock", NULL);
	uint64_t end_ms = process_now_ms() + (uint64_t)session->options->lock_timeout_s * 1000;

	for (;;) {
		while ((is_locked(lists) || is_locked(archives)) && process_now_ms() < end_ms &&
		       !signals_pause(&session->signals, LOCK_LOOK_MS)) {
		}
		if (session->signals.got)
			return STATUS_OURS;
		int status = step_run(session, argv, STEP_APT);
		/* Somebody else was faster. */
		bool locked = is_locked(lists) || is_locked(archives);
		if (status == 0 || session->last.fetched || !locked || process_now_ms() >= end_ms)
			return status;
	}
}

/* Says so, and waits. Returns false if there is no other try, after a message, or if a signal came. */
static bool try_again(struct session *session, const char *name, unsigned try, int status)
{
	unsigned pause_s = try < 5 ? 1U <<
	try : MAX_PAUSE_S
		;

	if (session->signals.got)
		return false;
	if (status == STATUS_OURS || !session->last.fetched || session->last.dpkg_began ||
	    try >= session->options->retries) {
		step_failed(session, name, status);
		return false;
	}
	msg_warn("%s failed%s, trying again in %u s", name, session->last.stalled ? ": no byte arrived" : "",
		 pause_s);
	return !signals_pause(&session->signals, pause_s * 1000);
}

/* A step that we have stopped ended by our signal: apt's usual status for a failed download stands for it. */
static int final_status(const struct session *session, int status)
{
	return session->last.stalled ? STATUS_APT : status;
}

static int update(struct session *session, bool contents, bool again)
{
	struct list argv = {0};

	command_update(&argv, session->options, again);
	if (contents)
		command_add_contents(&argv);
	return run_unlocked(session, &argv);
}

int fetch_indexes(struct session *session, bool contents)
{
	for (unsigned try = 0;; try++) {
		int status = update(session, contents, try > 0);
		if (status == 0)
			return 0;
		if (!try_again(session, "apt-get update", try, status))
			return final_status(session, status);
	}
}

int fetch_install(struct session *session, const struct list *names)
{
	for (unsigned try = 0;; try++) {
		struct list argv = {0};
		command_install(&argv, session->options, names, try > 0);
		int status = run_unlocked(session, &argv);
		if (status == 0)
			return 0;
		if (!try_again(session, "apt-get install", try, status))
			return final_status(session, status);
		/* If it fails, the packages may still be there. */
		(void)update(session, false, true);
		if (session->signals.got)
			return STATUS_OURS;
	}
}

int fetch_run(struct session *session, const struct list *argv, const char *name)
{
	int status = run_unlocked(session, argv);

	if (status != 0 && !session->signals.got)
		step_failed(session, name, status);
	return final_status(session, status);
}
