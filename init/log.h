/*
 * The init's log. Code says which event it was and gives its fields; log_messages.c has each dialect's text
 * for it. An event without a text is not logged.
 *
 * A log must never hold up the reaper: a line that cannot be written at once is dropped.
 */
#ifndef INIT_LOG_H
#define INIT_LOG_H

#include <stddef.h>
#include <sys/types.h>

#include "init/log_messages.h"

/* Set what the event has; the rest is zero. */
struct log_fields {
	pid_t speaker; /* the pid in the prefix; 0: the init's */
	pid_t pid;
	int signal;
	int sent_signal; /* the signal after rewriting */
	int status;
	int error; /* an errno */
	const char *command;
};

struct log {
	message_function *message;
	unsigned verbosity;
	pid_t self;
};

/* Pure: the whole line with its newline, cut where it does not fit. Returns its length, 0 if it is not
 * logged. */
size_t log_compose(char *buf, size_t size, const struct log *log, enum event event,
		   const struct log_fields *fields);

/* Writes the line to standard error, or drops it. fields may be NULL where the event has none. */
void log_event(const struct log *log, enum event event, const struct log_fields *fields);

#endif
