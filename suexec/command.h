/*
 * Finds and executes the command. Called after the switch, so that only the new user's rights count.
 */
#ifndef SUEXEC_COMMAND_H
#define SUEXEC_COMMAND_H

#include "suexec/arena.h"
#include "suexec/problem.h"

struct command_rules {
	const char *path;      /* where to search; NULL: only a name with a slash is found */
	bool from_current_dir; /* PATH may lead to the current directory */
};

enum command_result {
	COMMAND_NOT_FOUND,
	COMMAND_CANNOT_RUN,
};

/* Returns only after a failure, with *why. A file of an unknown format is not run by a shell. */
enum command_result command_run(char *const *argv, char *const *envp, const struct command_rules *rules,
				struct arena *arena, struct problem *why);

#endif
