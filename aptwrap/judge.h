/*
 * What apt-get's output means: whether it is worth another try, why it failed, what it did. Pure.
 * The output is in English: run.c sees to that.
 */
#ifndef APTWRAP_JUDGE_H
#define APTWRAP_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

enum verdict {
	VERDICT_FINAL, /* another try would end the same */
	VERDICT_RETRY, /* the network or the mirror: it may well work in a moment */
	VERDICT_STALE, /* a package is gone from the mirror: the indexes are older than it */
};

/* Of a failed "apt-get update". */
enum verdict judge_update(const char *output, size_t len);

/* Of a failed "apt-get install". Once dpkg has been at work there is nothing to retry. */
enum verdict judge_install(const char *output, size_t len);

/* Whether an update that ended with 0 left something out: older releases of apt only warn about that. */
bool judge_update_incomplete(const char *output, size_t len);

/* apt's first error, without its "E: ", into buf; "" where there is none. */
void judge_reason(const char *output, size_t len, char *buf, size_t size);

/* What apt-get says that it did; bytes as exact as apt says them. */
struct judge_counts {
	unsigned long upgraded, installed, removed;
	unsigned long fetched_bytes;
	unsigned long disk_bytes; /* used in addition, or freed */
};
void judge_counts(const char *output, size_t len, struct judge_counts *counts);

/* "1.6 MB", into buf. */
void judge_size(unsigned long bytes, char *buf, size_t size);

/* "3.1 s", into buf. */
void judge_seconds(unsigned long ms, char *buf, size_t size);

#endif
