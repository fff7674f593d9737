/* The processes that are left when the child has ended, or all that are there: signalling without knowing
 * them. */
#ifndef INIT_REST_H
#define INIT_REST_H

#include "init/config.h"

/*
 * Sends signal to every process but the init: as PID 1 to all of the PID namespace; otherwise to the init's
 * own descendants, which it finds in /proc, and never to anybody else. Without a /proc that is ours, or
 * without a descendant, nobody gets it. Returns how many got it, at least 1 for "some" as PID 1, 0 for none.
 * Signal 0 only asks that.
 */
COLD int rest_signal(int signal);

#endif
