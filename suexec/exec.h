/*
 * Finds and executes the command. It is called after the switch, so the new user's permissions apply.
 * Searches PATH as the dialect says, and passes environ on. Never passes a file of an unknown format to a
 * shell. Returns only after a failure: the exit status, with *why.
 */
#pragma once

#include "suexec/arena.h"
#include "suexec/dialect.h"
#include "suexec/error.h"

int exec_command(const struct dialect *dialect, char *const *argv, struct arena *arena, struct error *why);
