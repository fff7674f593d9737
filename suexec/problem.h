/*
 * What went wrong, in words: written where it is known, printed by main() alone.
 */
#ifndef SUEXEC_PROBLEM_H
#define SUEXEC_PROBLEM_H

#include <stdbool.h>

struct problem {
	char text[1024];
};

/* Words it, as msg_format() does; returns false, for "return problem(why, ...)". Keeps errno. */
bool problem(struct problem *why, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
