/* What is installed, and which of it by hand. */
#ifndef APTWRAP_MARK_H
#define APTWRAP_MARK_H

#include "packages.h"
#include "session.h"

/* Each returns 0 or the status to end with after a message. */
int mark_installed(struct session *session, struct packages *packages);
int mark_manual(struct session *session, struct list *packages);

/* Marks the packages "auto" or "manual"; none is fine. */
int mark_as(struct session *session, const char *how, const struct list *packages);

#endif
