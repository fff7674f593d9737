/* --runtime-deps: the packages of the libraries that programs under some directories need and do not find. */
#ifndef APTWRAP_RUNTIME_H
#define APTWRAP_RUNTIME_H

#include "scan.h"
#include "session.h"

/* Adds the libraries that are missing. Returns 0 or the status to end with after a message. */
int runtime_missing(struct session *session, struct scan *missing);

/* The indexes must have been fetched. Adds package names. Returns 0 or the status to end with after a
 * message. */
int runtime_packages(struct session *session, struct list *packages);

#endif
