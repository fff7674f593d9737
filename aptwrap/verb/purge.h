/* purge: packages and groups, and what was needed for them alone. */
#ifndef APTWRAP_VERB_PURGE_H
#define APTWRAP_VERB_PURGE_H

#include "aptwrap/run/session.h"

/* The whole run; words are packages and groups. Returns the status to end with. */
int verb_purge(const struct options *options, const struct list *words);

/* The apt-get purge for the words. Returns 0 or the status to end with after a message. */
int purge_command(struct session *session, const struct list *words, struct list *argv);

#endif
