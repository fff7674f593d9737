/*
 * An error message. It is written where the error is found, and printed by main() alone.
 */
#ifndef SUEXEC_ERROR_H
#define SUEXEC_ERROR_H

#include <stdbool.h>

struct error {
	char text[1024];
};

/* Writes the message as msg_format() does and returns false, for "return error_set(why, ...)". Keeps errno.
 */
bool error_set(struct error *why, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
