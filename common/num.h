/*
 * Strict numbers from outside: decimal digits only, the whole word, no sign, no blank, no base prefix,
 * never wrapped. strtol(3) accepts all of these, which is how other tools turned 4294967296 into root.
 */
#ifndef COMMON_NUM_H
#define COMMON_NUM_H

#include <stdint.h>
#include <stddef.h>

enum num_result {
	NUM_OK,
	NUM_MALFORMED, /* empty, or something else than digits in it */
	NUM_RANGE,     /* digits, but above max */
};

/* Reads the len bytes at text. *value is written for NUM_OK only. Leading zeros are decimal: 010 is ten. */
enum num_result num_parse(const char *text, size_t len, uint64_t max, uint64_t *value);

/*
 * Reads "SECONDS[.FRACTION]", at least one digit in all, as milliseconds, further digits rounded up, so that
 * a positive time never becomes none. max_ms bounds the result. *ms is written for NUM_OK only.
 */
enum num_result num_parse_seconds(const char *text, uint64_t max_ms, uint64_t *ms);

#endif
