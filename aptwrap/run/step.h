/* One command of a run: carried out, tried again where that may help, and what the user sees of it. */
#ifndef APTWRAP_RUN_STEP_H
#define APTWRAP_RUN_STEP_H

#include "aptwrap/run/session.h"

enum step_kind {
	STEP_QUERY, /* all of its output is for us; may be stopped */
	STEP_APT,   /* may be stopped until dpkg begins; what apt says on standard error is the user's */
	STEP_DPKG,  /* is not stopped */
};

/*
 * Runs a command. Returns its status, 128 and the number of the signal that ended it, or STATUS_OURS after a
 * message where it could not be started. session->last says what apt had come to, session->output is what it
 * said.
 */
int step_run(struct session *session, const struct list *argv, enum step_kind kind);

/* Says that the last command failed, with what it wrote that the user has not seen. Nothing after a signal.
 */
void step_failed(const struct session *session, const char *name, int status);

/* Both of them: returns 0, or the status after step_failed(). */
int step_must(struct session *session, const struct list *argv, enum step_kind kind, const char *name);

/*
 * The steps of apt-get, each once the locks of its directories are free. A step that began to fetch and did
 * not begin dpkg is tried again, as often as --retries says; any other failure is final. In the first try apt
 * itself tries each file again. Each returns 0, or the status to end with after a message.
 */
int step_update(struct session *session, bool contents);
int step_install(struct session *session, const struct list *names);
int step_apt(struct session *session, const struct list *argv, const char *name); /* one try */

/* Reads what is installed. Returns 0 or the status to end with after a message. */
int step_packages(struct session *session, struct packages *packages);

/* A line for the user, unless -q. */
void step_say(const struct session *session, const char *text);

/*
 * The line at the end of a run: what has changed since its beginning; more is NULL or text to add. Returns 0,
 * or the status to end with after a message: a package that is not whole is a failure, whoever left it so.
 */
int step_summary(struct session *session, const char *more);

#endif
