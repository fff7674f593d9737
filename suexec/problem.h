/*
 * An error message. It is written where the error is found, and printed by main() alone.
 */
#ifndef SUEXEC_PROBLEM_H
#define SUEXEC_PROBLEM_H

#include <stdbool.h>

struct problem {
	char text[1024];
};

/* Writes the message as msg_format() does and returns false, for "return problem(why, ...)". Keeps errno. */
bool problem(struct problem *why, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
