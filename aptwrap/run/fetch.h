/*
 * The steps of apt-get that use the network: tried again where that may help.
 *
 * A step that began to fetch and did not begin dpkg may be tried again, as APT::Status-Fd tells; any other
 * failure is final. apt itself tries each file again in the first try of a step.
 */
#ifndef APTWRAP_RUN_FETCH_H
#define APTWRAP_RUN_FETCH_H

#include "aptwrap/run/session.h"

/* Each returns 0, or the status to end with after a message. */

/* apt-get update; contents: the Contents indexes too. */
int fetch_indexes(struct session *session, bool contents);

/* apt-get install; after a failure the indexes are fetched again, too: they may have been older than the
 * archive. */
int fetch_install(struct session *session, const struct list *names);

/* apt-get purge, or the like: one try. */
int fetch_run(struct session *session, const struct list *argv, const char *name);

#endif
