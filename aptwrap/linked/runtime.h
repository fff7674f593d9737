/* --runtime-deps: the packages of the libraries that programs under some directories need and do not find. */
#ifndef APTWRAP_LINKED_RUNTIME_H
#define APTWRAP_LINKED_RUNTIME_H

#include "aptwrap/run/session.h"

/* Adds the names of the missing libraries. Returns 0 or the status to end with after a message. */
int runtime_missing(struct session *session, struct list *libraries);

/*
 * Adds the packages that have the missing libraries, by the Contents indexes, which are fetched for it; the
 * other indexes must be there. A library that no package has is an error. Returns 0 or the status to end with
 * after a message.
 */
int runtime_packages(struct session *session, struct list *packages);

#endif
