/*
 * A whole small file in memory, read once.
 *
 * It is copied, not mapped: a file that is cut short while mapped would kill us with SIGBUS, and one that is
 * edited in place could change between two looks.
 */
#ifndef SUEXEC_TEXTFILE_H
#define SUEXEC_TEXTFILE_H

#include "suexec/arena.h"
#include "suexec/problem.h"
#include "suexec/span.h"

#define TEXTFILE_MAX (64u << 20)

struct textfile {
	const char *path;
	bool absent; /* there is no such file; bytes is empty */
	struct span bytes;
};

/*
 * Reads path. A file that is not there is no failure. Anything but a regular file of at most TEXTFILE_MAX
 * bytes is, at once: a FIFO is not waited for.
 */
bool textfile_read(const char *path, struct arena *arena, struct textfile *file, struct problem *why);

#endif
