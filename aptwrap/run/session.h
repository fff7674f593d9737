/*
 * One run: the private directory, apt's configuration on top of the image's, what the commands overwrite, and
 * the clean-up at the end.
 */
#ifndef APTWRAP_RUN_SESSION_H
#define APTWRAP_RUN_SESSION_H

#include "aptwrap/plan/config.h"
#include "aptwrap/run/packages.h"
#include "aptwrap/run/process.h"

#include <time.h>

enum { STATUS_OURS = 125, STATUS_APT = 100 };

struct session {
	const struct options *options;
	struct signals signals;
	struct config config;
	int directory; /* the private one, locked, or -1 */
	bool saved;    /* there are copies of what the commands overwrite */
	char **envp;
	uint64_t start_ms;
	struct timespec began; /* what is older was not changed by this run */
	bool clamp;
	struct timespec epoch;  /* SOURCE_DATE_EPOCH */
	struct packages before; /* what was installed at the beginning */
	/* Of the last command: */
	struct text output; /* standard output, unless the user saw it */
	struct text errors; /* of a STEP_QUERY, its standard error */
	struct process_result last;
};

/*
 * Each of these returns 0, or the status to end with after a message. session_begin() is for install and
 * purge; session_lock() is for clean: the private directory alone. session_look() is for commands that only
 * look: nothing is made or changed. Whatever they return, session_end() must follow.
 */
int session_begin(struct session *session, const struct options *options, char *const *envp);
int session_lock(struct session *session, const struct options *options);
int session_look(struct session *session, const struct options *options, char *const *envp);

/* Cleans up. Returns status, or STATUS_OURS if that was 0 and the clean-up failed. Does not return after a
 * signal. */
int session_end(struct session *session, int status);

/* The text of apt.conf for this session. */
char *session_config(const struct session *session, char *const *envp);

/* The directories that apt fetches to. */
const char *session_lists(const struct session *session);
const char *session_archives(const struct session *session);

#endif
