/* What the verbs do. */
#ifndef APTWRAP_VERBS_H
#define APTWRAP_VERBS_H

#include "aptwrap/line/line.h"

/* The whole run. Adds to the names. Returns the status to end with. */
int verb_run(struct options *options);

#endif
