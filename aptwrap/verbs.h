/* The verbs: each is a whole run, and returns the status to end with. */
#ifndef APTWRAP_VERBS_H
#define APTWRAP_VERBS_H

#include "aptwrap/line/line.h"

int verb_install(struct options *options);
int verb_purge(const struct options *options);
int verb_clean(const struct options *options);
int verb_list(const struct options *options);

#endif
