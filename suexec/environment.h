/* The command's environment: the caller's, in order, with some variables set. */
#pragma once

#include "suexec/arena.h"
#include "suexec/error.h"
#include "suexec/lookup.h"

/*
 * Puts "NAME=value" in place of the first entry of that name, or at the end, where env has room for one more.
 * Removes further entries of it. All others stay in order, even duplicates and those without a '='. Pure.
 */
void environment_set(char **env, char *entry);

/*
 * Makes environ the caller's environment with the user's HOME and, with login_env, USER, LOGNAME and SHELL.
 * USER is the number if the user has no name. Returns false with *why.
 */
bool environment_prepare(const struct identity *who, bool login_env, struct arena *arena, struct error *why);
