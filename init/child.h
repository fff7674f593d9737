/* Starting the command: the only process the init makes. */
#ifndef INIT_CHILD_H
#define INIT_CHILD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "init/config.h"

/* What the init was born with and its child is to have again. */
struct inherited {
	uint64_t mask;
	bool sigchld_ignored;
	bool foreground; /* the init's group has the terminal on standard input */
};

struct child {
	pid_t pid;
	int attach_error; /* PLACE_SESSION: the errno of taking the terminal; 0 */
	int exec_error;   /* 0: the command runs; else why not, and the child has ended with the status for it
			   */
};

/*
 * Returns once the command runs or could not be executed; group or session exist by then. The words are
 * looked up in PATH as execvp(3) does. 0, or the errno of making a process, and then there is none.
 * The init itself is in / afterwards, and may have one more descriptor from 3 up, close-on-exec.
 */
COLD int child_spawn(const struct config *config, const struct inherited *inherited, struct child *child);

#endif
