/*
 * The first line of a script. The kernel hands over everything behind the interpreter as one word:
 *
 *	#!/usr/bin/tini -g -- /bin/sh		argv: tini, "-g -- /bin/sh", SCRIPT, ARG...
 *
 * Where the first word starts with '-' and has a blank in it, it is taken apart at the blanks; there are no
 * quotes. Pure.
 */
#ifndef INIT_SHEBANG_H
#define INIT_SHEBANG_H

#include <stddef.h>

/* How many words argv[1] is; 0 if it is to be left alone. */
size_t shebang_words(char *const *argv);

/* Fills out with argv, argv[1] taken apart in place. Room needed: the words of argv + shebang_words(), NULL
 * included. */
void shebang_split(char **argv, char **out);

#endif
