/*
 * The init's log. The caller names an event and its fields; log_messages.c has its text in each dialect. An
 * event without a text is not logged. Logging must never block the init: a line that a pipe cannot take at
 * once, or a terminal within 0.1 s, is dropped.
 */
#pragma once

#include <stddef.h>
#include <sys/types.h>

#include "init/log_messages.h"

/* Set the fields of the event; the rest is zero. */
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

/* Pure. Writes the line with its newline, cut to size. Returns its length, or 0 if it is not logged. */
size_t log_compose(char *buf, size_t size, const struct log *log, enum event event,
		   const struct log_fields *fields);

/* Writes the line to standard error, or drops it. fields may be NULL if the event has none. */
void log_event(const struct log *log, enum event event, const struct log_fields *fields);
