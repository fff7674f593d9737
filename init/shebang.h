/*
 * The first line of a script. The kernel passes everything after the interpreter as one argument:
 *
 *	#!/usr/bin/tini -g -- /bin/sh		argv: tini, "-g -- /bin/sh", SCRIPT, ARG...
 *
 * If the first argument starts with '-' and contains a blank, it is split at its blanks, without quoting.
 *Pure.
 */
#ifndef INIT_SHEBANG_H
#define INIT_SHEBANG_H

#include <stddef.h>

/* Returns the number of words in argv[1], 0 if it is not to be split. */
size_t shebang_words(char *const *argv);

/*
 * Fills out with argv, of which argv[1] is split in place. It needs room for the words of argv +
 * shebang_words(), the final NULL included.
 */
void shebang_split(char **argv, char **out);

#endif
