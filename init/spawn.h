/* Starting the command: the only process that the init makes. */
#ifndef INIT_SPAWN_H
#define INIT_SPAWN_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "init/config.h"
#include "init/log.h"

/* What the init was started with, and the command is to have again. */
struct inherited {
	uint64_t mask;
	bool sigchld_ignored;
	bool foreground; /* the command gets the terminal on standard input */
};

/*
 * Starts config->command, looked up in PATH as execvp(3) does. Every signal has to be blocked. Call it once.
 *
 * Returns the child's pid, or -errno if no process can be made. It does not wait for execve(): a command that
 * cannot be executed is a child that logs why and exits with the status for that. Until then the child reads
 * config, inherited, log, the words of the command and the environment: leave them as they are.
 */
pid_t spawn(const struct config *config, const struct inherited *inherited, const struct log *log);

#endif
