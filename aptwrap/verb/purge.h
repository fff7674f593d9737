/* purge: packages and groups, and what was needed for them alone. */
#ifndef APTWRAP_VERB_PURGE_H
#define APTWRAP_VERB_PURGE_H

#include "aptwrap/run/session.h"

/* The whole run; names come from package lists. Returns the status to end with. */
int verb_purge(const struct options *options, const struct list *names, char *const *envp);

/* The names for apt-get purge, and the packages to keep. Returns 0 or the status to end with after a message.
 */
int purge_find(struct session *session, const struct list *names, struct list *purged, struct list *kept);

#endif
