/* Compares a span with a string. */
#pragma once

#include <stdbool.h>

#include "suexec/span.h"

static inline bool span_is(struct span span, const char *text)
{
	return span.len == strlen(text) && (span.len == 0 || memcmp(span.at, text, span.len) == 0);
}
