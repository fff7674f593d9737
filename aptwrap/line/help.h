/* --help, --version, and what is wrong with a command line. */
#ifndef APTWRAP_LINE_HELP_H
#define APTWRAP_LINE_HELP_H

#include "aptwrap/line/options.h"

/* The status to end with where the error is ours and not apt-get's. */
enum { HELP_STATUS = 125 };

/* One line about a wrong command line. Returns the status to end with. */
int help_error(const struct options *options, const char *wrong, const char *about);

/* Prints the help of the name that we were called by, or the version. Returns the status to end with. */
int help_print(const struct options *options);

#endif
