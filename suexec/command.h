/*
 * Finding and executing the command, as the new user.
 */
#ifndef SUEXEC_COMMAND_H
#define SUEXEC_COMMAND_H

#include "suexec/arena.h"
#include "suexec/problem.h"

struct command_rules {
	const char *path;      /* PATH, or what stands for it; NULL: there is none */
	bool from_current_dir; /* elements of PATH that depend on the current directory are followed */
};

enum command_result {
	COMMAND_NOT_FOUND,
	COMMAND_CANNOT_RUN,
};

/* Returns only where it failed. A file that is no program is not handed to a shell. */
enum command_result command_run(char *const *argv, char *const *envp, const struct command_rules *rules,
				struct arena *arena, struct problem *why);

#endif
