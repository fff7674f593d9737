/* One command of a run, and what the user sees of it. */
#ifndef APTWRAP_RUN_STEP_H
#define APTWRAP_RUN_STEP_H

#include "aptwrap/run/session.h"

enum step_kind {
	STEP_QUERY, /* its output is for us; may be stopped */
	STEP_APT,   /* may be stopped until dpkg begins; standard error is the user's, and output too if asked
		       for */
	STEP_DPKG,  /* is not stopped */
};

/*
 * Runs a command. Returns its status, 128 and the number of the signal that ended it, or STATUS_OURS after a
 * message where it could not be started. session->last says what apt had come to, session->output is what it
 * said.
 */
int step_run(struct session *session, const struct list *argv, enum step_kind kind);

/* Says that the last command failed, with all of its output that the user has not seen. */
void step_failed(const struct session *session, const char *name, int status);

/* Both of them: returns 0, or the status after step_failed(). */
int step_must(struct session *session, const struct list *argv, enum step_kind kind, const char *name);

/* Reads what is installed. Returns 0 or the status to end with after a message. */
int step_packages(struct session *session, struct packages *packages);

/* A line for the user, unless -q. */
void step_say(const struct session *session, const char *text);

#endif
