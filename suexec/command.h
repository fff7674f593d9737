/*
 * Finds and executes the command. Called after the switch, so that only the new user's rights count.
 */
#ifndef SUEXEC_COMMAND_H
#define SUEXEC_COMMAND_H

#include "suexec/arena.h"
#include "suexec/dialect.h"
#include "suexec/error.h"

/*
 * Searches PATH as the dialect says. A file of an unknown format is not run by a shell.
 * Returns only after a failure, with *why: the exit status.
 */
int command_run(const struct dialect *dialect, char *const *argv, char *const *envp, struct arena *arena,
		struct error *why);

#endif
