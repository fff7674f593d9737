/* list: prints the groups and their packages, a line each. */
#ifndef APTWRAP_VERB_LIST_H
#define APTWRAP_VERB_LIST_H

#include "aptwrap/line/options.h"

/* Returns the status to end with. */
int verb_list(const struct options *options);

#endif
