/* An error message. It is written where the error is found; only main() prints it. */
#pragma once

#include <stdbool.h>

struct error {
	char text[1024];
};

/*
 * Write the message as msg_format() does; _errno adds ": " and strerror(errno). Keep errno.
 * Return false, for "return error_set(why, ...)".
 */
bool error_set(struct error *why, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool error_set_errno(struct error *why, const char *format, ...) __attribute__((format(printf, 2, 3)));
