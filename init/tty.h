/*
 * The controlling terminal. Every call may fail for a reason that is not ours (standard input is closed, is a
 * file, is another session's terminal): no failure here ends the init.
 */
#ifndef INIT_TTY_H
#define INIT_TTY_H

#include <stdbool.h>
#include <sys/types.h>

/* Whether standard input is our controlling terminal and our own process group is its foreground. */
bool tty_foreground(void);

/* Whether standard input is our controlling terminal and no process is left in its foreground group. */
bool tty_is_free(void);

/* Whether a standard descriptor is our controlling terminal. */
bool tty_present(void);

/* Makes group the foreground of the terminal on standard input. */
void tty_give(pid_t group);

/* Takes it back if group is the foreground; another one (a shell's, after "bg") stays there. */
void tty_take_back(pid_t group);

/*
 * Gives the controlling terminal up, so that the child's session can have it. Returns 0 or an errno. *leader:
 * we led the session, so the kernel has sent our group SIGHUP and SIGCONT.
 */
int tty_detach(bool *leader);

#endif
