/* Starts the command, the only process that the init creates. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "init/config.h"
#include "init/log.h"

/* Inherited by the init, and restored for the command. */
struct inherited {
	uint64_t mask;
	bool sigchld_ignored;
	bool foreground; /* the command gets the terminal on standard input */
};

/*
 * Starts config->command, looked up in PATH as execvp(3) does. All signals must be blocked. Call it once.
 *
 * Returns the child's pid, or -errno if no process can be created. It does not wait for execve(): if the
 * command cannot be executed, the child logs why and exits with the configured status. Until then the child
 * reads config, inherited, log, the command's arguments and the environment: do not change them.
 */
pid_t spawn(const struct config *config, const struct inherited *inherited, const struct log *log);
