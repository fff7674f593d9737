/*
 * Bytecode. Python's packages compile their modules when they are configured; dpkg knows nothing of these
 * files, they are as large as the source, differ from build to build, and Python does without them.
 */
#ifndef APTWRAP_PYCACHE_H
#define APTWRAP_PYCACHE_H

#include <time.h>

/*
 * Removes the files in __pycache__ directories below /usr/lib and /usr/share that came since then and belong
 * to no package, and the directories that are empty then. What cannot be removed stays.
 */
void pycache_remove(const struct timespec *since);

#endif
