/*
 * The controlling terminal. The calls may fail for harmless reasons (standard input is closed, a file,
 * another session's terminal), so no failure ends the init.
 */
#pragma once

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

/* Takes the terminal back if group is its foreground. Another group (a shell's, after "bg") keeps it. */
void tty_take_back(pid_t group);

/*
 * Detaches from the controlling terminal, so that the child's session can acquire it. Returns 0 or an errno.
 * *leader: the init led the session, so the kernel has sent its group SIGHUP and SIGCONT.
 */
int tty_detach(bool *leader);
