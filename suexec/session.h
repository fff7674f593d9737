/*
 * A session without a controlling terminal.
 */
#ifndef SUEXEC_SESSION_H
#define SUEXEC_SESSION_H

#include "suexec/error.h"

/*
 * Makes this process, the same process, the leader of a session without a controlling terminal: a new one,
 * unless it leads such a session already. A leader with a terminal is a failure.
 */
bool session_start(struct error *why);

#endif
