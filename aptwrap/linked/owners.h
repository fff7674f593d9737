/* What the programs under some directories need, and which installed packages have it: --keep-linked,
 * --runtime-deps. */
#ifndef APTWRAP_LINKED_OWNERS_H
#define APTWRAP_LINKED_OWNERS_H

#include "aptwrap/linked/scan.h"
#include "aptwrap/run/session.h"

/* Each returns 0, or the status to end with after a message. */

/*
 * Adds the installed packages that own the libraries which ELF files under the directories need, also those
 * that are needed by libraries that no package owns.
 */
int owners_of(struct session *session, const struct list *directories, struct list *packages);

/* Adds what is needed and is neither under the directories nor in the system. */
int owners_missing(struct session *session, const struct list *directories, struct scan *missing);

/* Reads the output of "ldconfig -p": names[i] is at paths[i], a name once for each architecture. Pure. */
void owners_parse_cache(struct list *names, struct list *paths, const char *output, size_t len);

/* Adds the packages that the output of "dpkg-query --search" names, and the files that it found. Pure. */
void owners_parse_search(struct list *packages, struct list *files, const char *output, size_t len);

#endif
