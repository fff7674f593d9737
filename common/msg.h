/*
 * Messages: one line, one write(2), no stdio, no allocation.
 *
 * A single write keeps the lines of two processes apart. Without stdio a start touches fewer pages.
 */
#pragma once

#include <stdarg.h>
#include <stddef.h>

/* A longer message is cut before its newline. A pipe takes this much at once (PIPE_BUF). */
#define MSG_MAX 4096

/* The text in front of every message, such as "su-exec: ". Set once, at the start of main(). */
void msg_set_prefix(const char *prefix);

/*
 * Formats into buf, terminates it, cuts what does not fit, and returns the length. Keeps errno.
 * Understands only %s (NULL is "(null)"), %d, %i, %u, %ld, %lu, %zu, %c, %%.
 * A control character in a %s argument becomes '?': a hostile name cannot control a terminal or forge a line.
 */
size_t msg_format(char *buf, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));
size_t msg_vformat(char *buf, size_t size, const char *format, va_list args)
	__attribute__((format(printf, 3, 0)));

/*
 * Writes prefix + message + newline to standard error; _errno adds ": " and strerror(errno). A failure is
 * ignored, as there is nowhere to report it. Keeps errno.
 */
void msg_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
void msg_warn_errno(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Writes all of text to fd. Returns 0, or -1 with errno (a full disk), which the caller must report. */
int msg_print(int fd, const char *text);
