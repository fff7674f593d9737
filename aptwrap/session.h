/*
 * One run: the private directory, apt's configuration on top of the image's, the children's environment, the
 * steps with their output, and the end of it all.
 */
#ifndef APTWRAP_SESSION_H
#define APTWRAP_SESSION_H

#include "config.h"
#include "judge.h"
#include "request.h"
#include "run.h"
#include "text.h"

#include <time.h>

enum { STATUS_OURS = 125, STATUS_APT = 100 };

struct session {
	const struct request *request;
	struct run_signals signals;
	struct config config;
	struct config_kept kept;
	int directory; /* the private one, locked, or -1 */
	char **envp;
	uint64_t start_ms;
	struct timespec began; /* no file older than this is of our doing */
	bool clamp;
	struct timespec epoch; /* SOURCE_DATE_EPOCH */
	/* Of the last command. */
	const char *output; /* mapped, not terminated */
	size_t output_len;
	bool output_shown;
	bool fetched;        /* session_fetch_if_none() has been here */
	char *new_directory; /* to be removed in the end where it is empty, or NULL */
};

/*
 * Each of these returns 0 or the status to end with, a message given. session_lock() takes the private
 * directory and tidies up what a killed run left there; session_begin() does that, writes apt's configuration
 * and saves what must not change. session_look() does nothing of this, for commands that only look.
 * session_end() is due in any case, after a failure too.
 */
int session_lock(struct session *session, const struct request *request);
int session_begin(struct session *session, const struct request *request, char *const *envp);
int session_look(struct session *session, const struct request *request, char *const *envp);

/* Cleans up. Returns status, or STATUS_OURS if status was 0 and the clean-up failed. Does not return after a
 * signal. */
int session_end(struct session *session, int status);

/*
 * Runs one command and keeps its output. Returns its status (128+N if a signal ended it), or STATUS_OURS
 * after a message where it could not be started. *stalled, if asked for, says that the watchdog ended it.
 */
int session_run(struct session *session, const struct list *argv, enum run_kind kind, bool *stalled);

/* Fetches the package indexes, again and again where that makes sense. Returns 0 or the status to end with.
 */
int session_update(struct session *session);

/*
 * For a purge that needs to know what exists: one try at the indexes, unless there are some. Returns whether
 * there are now.
 */
bool session_fetch_if_none(struct session *session);

/* Fetches the Contents indexes to the others, which stay if that fails. Returns whether it worked. */
bool session_fetch_contents(struct session *session);

/* dpkg --configure -a. Returns its status. */
int session_configure(struct session *session);

/* That, and a word about it, unless another dpkg is at work. Returns whether it was done. */
bool session_repair(struct session *session);

/* Before another try: says so and waits. Returns false if there is none left, or a signal came. */
bool session_again(struct session *session, const char *step, unsigned try, bool stalled);

/* Says that a step failed: all of the output, then a line with apt's own reason. */
void session_blame(struct session *session, const char *step, int status, bool stalled);

/* A line for the user, unless -q. */
void session_say(const struct session *session, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
