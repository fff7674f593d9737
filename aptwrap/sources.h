/* --snapshot: copies of the package sources in the private directory, which the configuration then names. */
#ifndef APTWRAP_SOURCES_H
#define APTWRAP_SOURCES_H

#include "session.h"

/* Returns 0 or the status to end with after a message. */
int sources_write(struct session *session);

#endif
