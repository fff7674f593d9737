/*
 * A session without a controlling terminal.
 */
#ifndef SUEXEC_NEW_SESSION_H
#define SUEXEC_NEW_SESSION_H

#include "suexec/error.h"

/*
 * Makes this process, the same process, the leader of a session without a controlling terminal: a new one,
 * unless it leads such a session already. A leader with a terminal is a failure.
 */
bool new_session_start(struct error *why);

#endif
