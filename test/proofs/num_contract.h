/*
 * In place of num_parse() in the proofs of its callers: what proof num shows of it, without the arithmetic. They
 * need to know no more of a number than whether it is 0 and whether it is above the limit.
 */
#pragma once

#include "common/num.h"
#include "proof.h"

enum num_result num_parse(const char *text, size_t len, uint64_t max, uint64_t *value)
{
	bool digits = len > 0, zeros = true;
	const uint64_t number = nondet_uint64();

	for (size_t i = 0; i < len; i++) {
		digits = digits && text[i] >= '0' && text[i] <= '9';
		zeros = zeros && text[i] == '0';
	}
	if (!digits)
		return NUM_MALFORMED;
	ASSUME((number == 0) == zeros);
	if (number > max)
		return NUM_RANGE;
	*value = number;
	return NUM_OK;
}
