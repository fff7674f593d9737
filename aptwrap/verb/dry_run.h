/* --dry-run: prints what install or purge would do, as a shell script. */
#ifndef APTWRAP_VERB_DRY_RUN_H
#define APTWRAP_VERB_DRY_RUN_H

#include "aptwrap/line/options.h"

/* Returns the status to end with. */
int verb_dry_run(const struct options *options, const struct list *names);

#endif
