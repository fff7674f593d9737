/*
 * A program that switches ids must never be installed so that it starts with more than its caller has.
 */
#ifndef SUEXEC_SETUID_CHECK_H
#define SUEXEC_SETUID_CHECK_H

#include "suexec/error.h"

/*
 * Returns false, with the reason, if this process was started with more rights than its caller has, or if its
 * file would do so for another caller. Without /proc only the former can be known.
 */
bool setuid_check(struct error *why);

#endif
