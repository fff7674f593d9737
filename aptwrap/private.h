/*
 * The private directory of a run: package lists, archives, apt's configuration, temporary files, and copies
 * of what the tools will overwrite.
 *
 * There is one, in a fixed place, and whoever holds a lock on it owns it. So whatever is found in it once the
 * lock is taken belongs to a run that was killed. apt-get inherits the lock: an apt-get that outlives its
 * wrapper still owns the directory.
 */
#ifndef APTWRAP_PRIVATE_H
#define APTWRAP_PRIVATE_H

#include "run.h"

#define PRIVATE_DIRECTORY "/var/cache/praekelt-aptwrap"

/*
 * Makes and locks it, waiting up to timeout_s for another run, or until a signal comes that ends us. Returns
 * its descriptor, or -1 with errno, which is EWOULDBLOCK if the other is still there. *stale says whether it
 * was there before.
 */
int private_open(unsigned timeout_s, struct run_signals *signals, bool *stale);

/* Makes the directories that a run needs. Returns 0, or -1 with errno and the name in *what. */
int private_populate(int directory, const char **what);

/* Writes a new file in it, complete, executable or not. Returns 0, or -1 with errno. */
int private_write(int directory, const char *name, const char *text, bool executable);

/* Empties it, and removes it as well. Returns 0, or -1 with errno. */
int private_empty(int directory);
int private_remove(int directory);

#endif
