/*
 * Makes this process, without a fork, the leader of a session that has no controlling terminal. Does nothing
 * if it leads such a session already. Returns false with *why, also if its own session has a terminal.
 */
#pragma once

#include "suexec/error.h"

bool new_session_start(struct error *why);
