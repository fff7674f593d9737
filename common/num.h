/*
 * Parses numbers strictly: decimal digits only; no sign, blank, base prefix, trailing text or overflow.
 * strtol(3) accepts all of these, which is how other tools read 4294967296 as root.
 */
#pragma once

#include <stdint.h>
#include <stddef.h>

enum num_result {
	NUM_OK,
	NUM_MALFORMED, /* empty, or not only digits */
	NUM_RANGE,     /* digits, but above max */
};

/* Parses the len bytes at text. Writes *value only with NUM_OK. 010 is ten. */
enum num_result num_parse(const char *text, size_t len, uint64_t max, uint64_t *value);

/*
 * Parses "SECONDS[.FRACTION]", with at least one digit, as milliseconds, rounded up, so that a positive time
 * never becomes 0. Writes *ms only with NUM_OK.
 */
enum num_result num_parse_seconds(const char *text, uint64_t max_ms, uint64_t *ms);
