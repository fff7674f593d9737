/*
 * A session of one's own, without a controlling terminal.
 */
#ifndef SUEXEC_SESSION_H
#define SUEXEC_SESSION_H

#include "suexec/problem.h"

/* Makes this process, the same process, the leader of a new session. Nothing to do where it leads one. */
bool session_start(struct problem *why);

#endif
