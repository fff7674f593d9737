/* A range of bytes in a file or an argument. It is not null-terminated and may contain any byte. */
#pragma once

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
