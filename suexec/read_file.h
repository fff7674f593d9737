/*
 * Reads a whole small file into memory.
 *
 * It is not mapped: truncating a mapped file would kill us with SIGBUS, and editing it in place would change
 * what was already parsed.
 */
#pragma once

#include "suexec/arena.h"
#include "suexec/error.h"
#include "suexec/span.h"

#define FILE_MAX (64 << 20)

struct file {
	const char *path;
	bool absent; /* the file does not exist; bytes is empty */
	struct span bytes;
};

/*
 * A missing file is not an error. Anything but a regular file of at most FILE_MAX bytes is an error; opening
 * a FIFO does not wait for a writer. Returns false with *why.
 */
bool read_file(const char *path, struct arena *arena, struct file *file, struct error *why);
