/* Signalling every process that there is besides the init, without having started it. */
#ifndef INIT_DESCENDANTS_H
#define INIT_DESCENDANTS_H

#include <sys/types.h>

/*
 * Sends signal, 0 to only ask: as PID 1 to every process of the PID namespace, otherwise to the init's own
 * descendants, which it finds in /proc, and to nobody else. self is the init's pid.
 *
 * Returns how many got it, as PID 1 1 for any number. -errno if /proc cannot be read or is not that of the
 * init's PID namespace: then the descendants cannot be seen.
 */
int descendants_signal(pid_t self, int signal);

#endif
