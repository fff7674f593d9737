/* Package sources as of some day: the text of a sources file with Debian's archives led to the snapshot
 * service. Pure. */
#ifndef APTWRAP_SNAPSHOT_H
#define APTWRAP_SNAPSHOT_H

#include <stddef.h>

/*
 * Either style of file: all that matters is the words in it that are URIs. moment is as for --snapshot.
 * *changed is raised by one for each word that was replaced.
 */
char *snapshot_rewrite(const char *source, size_t len, const char *moment, size_t *changed);

#endif
