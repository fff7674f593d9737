/* The verbs: each does one run from its lock to its clean-up and returns the status to end with. */
#ifndef APTWRAP_VERBS_H
#define APTWRAP_VERBS_H

#include "request.h"

/* names come from package lists. */
int verb_install(const struct request *request, const struct list *names, char *const *envp);
int verb_purge(const struct request *request, const struct list *names, char *const *envp);
int verb_clean(const struct request *request);
int verb_list(void);

/* Prints the commands that install or purge would run, and changes nothing. */
int verb_dry_run(const struct request *request, const struct list *names, char *const *envp);

#endif
