/*
 * From what is wanted to the commands that do it. Pure: each function adds words to an empty list that is
 * then an argument vector. All that is common to them is in the configuration file, not on the command lines.
 */
#ifndef APTWRAP_PLAN_H
#define APTWRAP_PLAN_H

#include "request.h"
#include "text.h"

void plan_update(struct list *argv);

/* The words that make an apt-get command know the Contents indexes as well, as "Created-By: AptwrapContents".
 */
void plan_add_contents(struct list *argv);

/* names come from lists and searches and follow those of the command line. */
void plan_install(struct list *argv, const struct request *request, const struct list *names);

/*
 * purge NAMES and what they alone needed. groups are words of the request to leave out; kept are packages to
 * leave out as well. Without any name left it is "autoremove --purge".
 */
void plan_purge(struct list *argv, const struct request *request, const struct list *names,
		const struct list *groups, const struct list *kept);

/* apt-mark auto or manual */
void plan_mark(struct list *argv, const char *how, const struct list *packages);

/* dpkg --purge, whatever state the packages are in. */
void plan_roll_back(struct list *argv, const struct list *packages);

/* One line of shell. */
char *plan_line(const struct list *argv);

#endif
