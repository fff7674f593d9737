/*
 * A program that switches ids must never be installed so that it starts with more than its caller has.
 */
#ifndef SUEXEC_ELEVATED_H
#define SUEXEC_ELEVATED_H

#include "suexec/problem.h"

/*
 * Returns false, with the reason, where this process was started with more rights than its caller's, or where
 * its file is set up to do so for another caller. argv is main()'s. Where the file cannot be found, what the
 * kernel said at the start decides alone.
 */
bool elevated_check(char *const *argv, struct problem *why);

#endif
