/* install, purge, clean and list. verb_run() does the run, may add names, and returns the exit status. */
#ifndef APTWRAP_VERBS_H
#define APTWRAP_VERBS_H

#include "aptwrap/cli/cli.h"

int verb_run(struct options *options);

#endif
