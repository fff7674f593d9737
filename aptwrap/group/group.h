/*
 * Groups of packages, made with --virtual. A group is a metapackage that depends on what the run made manual;
 * these packages are then marked as automatically installed. apt keeps the books: what two groups share, or
 * what is later asked for by name, stays when one group is purged. A group that grows is a new version of its
 * package.
 */
#ifndef APTWRAP_GROUP_GROUP_H
#define APTWRAP_GROUP_GROUP_H

#include "aptwrap/run/run.h"

/* The metapackage of the group: "_", which a package's name cannot hold, becomes "+u", and "+" "+p". Pure. */
char *group_package(const char *name);
/* The text of DEBIAN/control. Pure. */
char *group_control(const char *name, const char *version, const struct list *depends);

/* Each of these returns 0, or the status to end with after a message. */
/* Adds the packages that are marked as manually installed. */
int group_manual(struct session *session, struct list *manual);
/* Makes the group of what has become manual, or adds that to it. */
int group_store(struct session *session, const struct list *manual_before);
/* Adds the words, with metapackages in place of groups. */
int group_resolve(const struct session *session, struct list *names, const struct list *words);
/* Prints a line for each group: its name and its packages. */
int group_list(struct session *session);

#endif
