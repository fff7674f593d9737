/* Package sources as of some day: a sources file with Debian's mirrors replaced by the snapshot service.
 * Pure. */
#ifndef APTWRAP_PLAN_SNAPSHOT_H
#define APTWRAP_PLAN_SNAPSHOT_H

#include <stddef.h>

#define SNAPSHOT_SERVICE "http://snapshot.debian.org/archive/"

/* Either style of file: all that matters is the words in it that are URIs. moment is as for --snapshot. */
char *snapshot_rewrite(const char *source, size_t len, const char *moment);

/*
 * From the output of "apt-get update --print-uris": the first URI that is not the snapshot service's, or
 * NULL.
 * "" if there are no URIs at all.
 */
char *snapshot_foreign(const char *output, size_t len);

#endif
