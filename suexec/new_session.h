/*
 * A session without a controlling terminal.
 */
#pragma once

#include "suexec/error.h"

/*
 * Makes this process, without a fork, the leader of a session that has no controlling terminal. Does nothing
 * if it leads such a session already. Returns false with *why, for example if it leads a session that has a
 * terminal.
 */
bool new_session_start(struct error *why);
