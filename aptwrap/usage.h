/* What the program says about itself. */
#ifndef APTWRAP_USAGE_H
#define APTWRAP_USAGE_H

#include "request.h"

/* One line about a wrong command line. Returns the status to end with. */
int usage_error(const struct request *request, const char *wrong, const char *about);

/* --help or --version. Returns the status to end with. */
int usage_print(const struct request *request);

#endif
