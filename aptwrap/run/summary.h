/* The line at the end of a run. */
#ifndef APTWRAP_RUN_SUMMARY_H
#define APTWRAP_RUN_SUMMARY_H

#include "aptwrap/run/session.h"

/* The bytes of all package files that apt has fetched so far. */
uint64_t summary_archived(const struct session *session);

/*
 * Says what has changed since session_begin(). archived is what summary_archived() said before the
 * installation. Returns 0, or the status to end with after a message: a package that is not whole is a
 * failure, whoever broke it.
 */
int summary_print(struct session *session, uint64_t archived);

/* "1.6 MB". Pure. */
void summary_size(uint64_t bytes, char *buf, size_t size);

/* "3.1 s". Pure. */
void summary_seconds(uint64_t ms, char *buf, size_t size);

#endif
