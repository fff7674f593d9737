/* install: packages, and nothing else left behind. */
#ifndef APTWRAP_VERB_INSTALL_H
#define APTWRAP_VERB_INSTALL_H

#include "aptwrap/line/options.h"

/* The whole run. Adds to names. Returns the status to end with. */
int verb_install(const struct options *options, struct list *names);

#endif
