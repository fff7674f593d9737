/* What a purge is about, found out without a change to anything. */
#ifndef APTWRAP_PURGE_H
#define APTWRAP_PURGE_H

#include "session.h"

struct purge {
	struct list groups;  /* the words that are groups */
	struct list members; /* what of these is installed, to be marked automatic */
	struct list kept;    /* the owners of libraries under --keep-linked, to be marked manual */
};

/* Returns 0 or the status to end with after a message. */
int purge_find(struct session *session, const struct list *names, struct purge *purge);

#endif
