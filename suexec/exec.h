/*
 * Finds and executes the command. Called after the switch, so that only the new user's rights count.
 */
#ifndef SUEXEC_EXEC_H
#define SUEXEC_EXEC_H

#include "suexec/arena.h"
#include "suexec/dialect.h"
#include "suexec/error.h"

/*
 * Searches PATH as the dialect says. A file of an unknown format is not run by a shell.
 * Returns only after a failure, with *why: the exit status.
 */
int exec_command(const struct dialect *dialect, char *const *argv, char *const *envp, struct arena *arena,
		 struct error *why);

#endif
