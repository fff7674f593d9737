/*
 * The controlling terminal. Every call may fail for a reason that is none of ours (standard input is closed,
 * is a file, is somebody else's terminal): no failure here ends the init.
 */
#ifndef INIT_TTY_H
#define INIT_TTY_H

#include "init/config.h"

#include <stdbool.h>
#include <sys/types.h>

/* Whether standard input is our controlling terminal and our own process group is its foreground. */
COLD bool tty_foreground(void);

/* Whether a standard descriptor is our controlling terminal. */
COLD bool tty_present(void);

/* Makes group the foreground of the terminal on standard input. */
COLD void tty_give(pid_t group);

/* Takes it back if group is in front; if another one is (a shell's, after "bg"), it stays there. */
COLD void tty_take_back(pid_t group);

/*
 * Gives the controlling terminal up, so that the child's session can have it. Returns 0 or an errno. *leader:
 * we led the session, so the kernel has sent our group SIGHUP and SIGCONT.
 */
COLD int tty_detach(bool *leader);

#endif
