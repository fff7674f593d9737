/* What the verbs do: verb_run() is the whole run, adds to the names, and returns the status to end with. */
#ifndef APTWRAP_VERBS_H
#define APTWRAP_VERBS_H

#include "aptwrap/cli/cli.h"

int verb_run(struct options *options);

#endif
