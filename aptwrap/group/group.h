/*
 * Groups, made with --virtual. A group is a metapackage that depends on the packages which the run marked as
 * manually installed. These are then marked as automatically installed, so that apt removes them once nothing
 * depends on them: a package stays if another group has it, or if it is installed by name later. Adding
 * packages to a group installs a new version of its metapackage.
 */
#pragma once

#include "aptwrap/run/run.h"

/* The metapackage's name. Package names cannot contain "_": it becomes "+u", and "+" becomes "+p". Pure. */
char *group_package(const char *name);
/* The text of DEBIAN/control. Pure. */
char *group_control(const char *name, const char *version, const struct list *depends);

/* Each of these returns 0, or the exit status after a message. */
/* Adds the packages that are marked as manually installed. */
int group_manual(struct session *session, struct list *manual);
/* Creates the group of the packages that are manual now and were not before, or adds them to it. */
int group_store(struct session *session, const struct list *manual_before);
/* Adds the words, with the metapackage for each group. */
int group_resolve(const struct session *session, struct list *names, const struct list *words);
/* Prints the name and the packages of each group in a line. */
int group_list(struct session *session);
