/* Signals all processes except the init, also those that it did not start. */
#pragma once

#include <sys/types.h>

/*
 * Sends signal, or 0 to count: as PID 1 to every process of the PID namespace, otherwise only to the init's
 * descendants, which it finds in /proc. self is the init's pid.
 *
 * Returns how many got it (as PID 1 always 1 for any number), or -errno if /proc cannot be read or belongs to
 * another PID namespace: then the descendants cannot be found.
 */
int descendants_signal(pid_t self, int signal);
