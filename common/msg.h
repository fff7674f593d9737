/*
 * Messages: one line, one write(2), no stdio, no allocation.
 *
 * Static programs that start hundreds of times a second should not touch stdio's pages, and two processes
 * that share a terminal should not mix their lines: hence a small formatter and a single write.
 */
#ifndef COMMON_MSG_H
#define COMMON_MSG_H

#include <stdarg.h>
#include <stddef.h>

/* A message longer than this is cut, the final newline kept. A pipe takes this much in one piece (pipe(7)).
 */
#define MSG_MAX 4096

/* The text in front of every message, such as "su-exec: ". Set once, at the start of main(). */
void msg_set_prefix(const char *prefix);

/*
 * Formats into buf, always terminated, and returns the length of what is there, less than size.
 * Understands %s (NULL is "(null)"), %d, %i, %u, %ld, %lu, %zu, %c, %%; nothing else.
 * Control characters that come through %s become '?', so that a hostile name cannot drive a terminal or
 * forge a second line; the format itself may hold newlines. Keeps errno.
 */
size_t msg_format(char *buf, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));
size_t msg_vformat(char *buf, size_t size, const char *format, va_list args)
	__attribute__((format(printf, 3, 0)));

/*
 * Writes prefix + message + newline to standard error in one write(2); with _errno ": " and strerror(errno)
 * stand before the newline. A failure is ignored: there is nobody left to tell. Keeps errno.
 */
void msg_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
void msg_warn_errno(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same, then exit(status): msg_die() for wrong input, msg_die_errno() where the system said no. */
_Noreturn void msg_die(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));
_Noreturn void msg_die_errno(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * Writes all of text to fd, over partial writes and EINTR. Returns 0, or -1 with errno: a full disk or a
 * closed pipe behind --help is a failure that the caller reports.
 */
int msg_print(int fd, const char *text);

#endif
