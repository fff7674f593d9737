/*
 * One run: the private directory, apt's configuration on top of the image's, copies of what the commands
 * overwrite, and the clean-up at the end.
 */
#ifndef APTWRAP_RUN_SESSION_H
#define APTWRAP_RUN_SESSION_H

#include "aptwrap/plan/config.h"
#include "aptwrap/residue/backups.h"
#include "aptwrap/run/packages.h"
#include "aptwrap/run/process.h"

enum { STATUS_OURS = 125 };

struct session {
	const struct options *options;
	struct signals signals;
	struct config config;
	int directory; /* the private one, locked, or -1 */
	bool saved;    /* backups are there */
	struct backups backups;
	uint64_t start_ms;
	char *began, *epoch; /* seconds since 1970: the file system's clock at the start; SOURCE_DATE_EPOCH or
				NULL */
	struct packages before; /* what was installed at the start */
	/* Of the last command: */
	struct text output, errors; /* what it wrote that the user has not seen */
	struct process_result last;
};

/*
 * Each of these returns 0, or the status to end with after a message. session_begin() is for install and
 * purge; session_lock() takes the private directory alone; session_look() is for commands that change
 * nothing. Whatever they return, session_end() must follow.
 */
int session_begin(struct session *session, const struct options *options);
int session_lock(struct session *session, const struct options *options);
int session_look(struct session *session, const struct options *options);

/* Cleans up. Returns status, or STATUS_OURS if that was 0 and the clean-up failed. Does not return after a
 * signal. */
int session_end(struct session *session, int status);

/* The text of apt.conf. */
char *session_config(const struct session *session);

/* With --snapshot: adds the names of the sources files in the private directory, and their texts. */
int session_sources(const struct session *session, struct list *names, struct list *texts);

/* The directories that apt fetches to. */
const char *session_lists(const struct session *session);
const char *session_archives(const struct session *session);

#endif
