/*
 * The private directory of a run: package lists, archives, apt's configuration, temporary files, and copies
 * of what the tools overwrite.
 *
 * There is one, in a fixed place, and a lock on it says who owns it. What is in it when the lock is taken was
 * left by a run that was killed, and is removed. apt-get inherits the lock: an apt-get that outlives us still
 * owns it.
 */
#ifndef APTWRAP_RUN_PRIVATE_H
#define APTWRAP_RUN_PRIVATE_H

#include "aptwrap/run/process.h"

#define PRIVATE_DIRECTORY "/var/cache/praekelt-aptwrap"

/*
 * Makes it, locks it and empties it, waiting up to timeout_s for another run, or until a signal comes that
 * ends us. Returns its descriptor, or -1 with errno, which is EWOULDBLOCK if another run still holds it.
 */
int private_open(unsigned timeout_s, struct signals *signals);

/* Makes the directories that a run needs. Returns 0, or -1 with errno. */
int private_populate(int directory);

/* Writes a new file in it. Returns 0, or -1 with errno. */
int private_write(int directory, const char *name, const char *text);

/* Removes it. Returns 0, or -1 with errno. */
int private_remove(int directory);

#endif
