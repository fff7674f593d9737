/* install, purge, clean and list. verb_run() does the run, may add names, and returns the exit status. */
#pragma once

#include "aptwrap/cli/cli.h"

int verb_run(struct options *options);
