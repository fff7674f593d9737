/*
 * The first line of a script. The kernel passes everything after the interpreter as one argument:
 *
 *	#!/usr/bin/tini -g -- /bin/sh		argv: tini, "-g -- /bin/sh", SCRIPT, ARG...
 *
 * An argument that starts with '-' and contains a blank is split at its blanks; there is no quoting. Pure.
 */
#pragma once

#include <stddef.h>

/* Returns the number of words in argv[1], 0 if it is not to be split. */
size_t shebang_words(char *const *argv);

/*
 * Fills out with argv, of which argv[1] is split in place. It needs room for the words of argv +
 * shebang_words(), the final NULL included.
 */
void shebang_split(char **argv, char **out);
