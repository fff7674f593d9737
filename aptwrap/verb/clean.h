/* clean: removes what killed runs left, and what plain apt-get leaves. */
#ifndef APTWRAP_VERB_CLEAN_H
#define APTWRAP_VERB_CLEAN_H

#include "aptwrap/line/options.h"

/* Returns the status to end with. */
int verb_clean(const struct options *options);

#endif
