/*
 * Reads a whole small file into memory.
 *
 * It is not mapped: truncating a mapped file would kill us with SIGBUS, and editing it in place would change
 * what was parsed already.
 */
#ifndef SUEXEC_TEXTFILE_H
#define SUEXEC_TEXTFILE_H

#include "suexec/arena.h"
#include "suexec/error.h"
#include "suexec/span.h"

#define TEXTFILE_MAX (64 << 20)

struct textfile {
	const char *path;
	bool absent; /* the file does not exist; bytes is empty */
	struct span bytes;
};

/*
 * A missing file is not an error. Anything but a regular file of at most TEXTFILE_MAX bytes is; a FIFO is not
 * waited for. Returns false with *why.
 */
bool textfile_read(const char *path, struct arena *arena, struct textfile *file, struct error *why);

#endif
