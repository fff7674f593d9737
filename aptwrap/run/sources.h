/* --snapshot: copies of the package sources in the private directory, which the configuration then names. */
#ifndef APTWRAP_RUN_SOURCES_H
#define APTWRAP_RUN_SOURCES_H

#include "aptwrap/run/session.h"

/* Adds the names of the copies, in the private directory, and their texts. Returns 0 or 125 after a message.
 */
int sources_pin(const struct session *session, struct list *names, struct list *texts);

/* Writes them. Returns 0 or 125 after a message. */
int sources_write(const struct session *session);

#endif
