/* --keep-linked and --runtime-deps: what the programs under a directory need, and which packages have it. */
#ifndef APTWRAP_KEEP_H
#define APTWRAP_KEEP_H

#include "scan.h"
#include "session.h"

/*
 * Adds the installed packages that own the libraries which ELF files under the directories need, through
 * libraries that no package owns as well. Returns 0 or the status to end with after a message.
 */
int keep_owners(struct session *session, const struct list *directories, struct list *packages);

/*
 * Adds the needs that neither the directories themselves nor the system fulfil. Returns 0 or the status to
 * end with after a message.
 */
int keep_missing(struct session *session, const struct list *directories, struct scan *missing);

#endif
