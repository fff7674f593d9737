/*
 * A range of bytes within a file or an argument: not terminated, and with any bytes in it.
 */
#ifndef SUEXEC_SPAN_H
#define SUEXEC_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct span {
	const char *at;
	size_t len;
};

static inline struct span span_of(const char *string)
{
	return (struct span){.at = string, .len = strlen(string)};
}

static inline bool span_equal(struct span a, struct span b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

#endif
