/*
 * property: num_parse() accepts one or more digits and nothing else, with their value if that is not above the limit
 * bound: value: 0 to 4 bytes, any limit of 4 digits; limit: 0 to 12 digits, the highest id
 * flags: --unwind 14 --unsigned-overflow-check
 * mutant: s/text\[i\] > '9'/text[i] > ':'/
 * mutant: s/if (len == 0)/if (0)/
 * mutant: s/digit > max || n > (max - digit)/n > max/
 * mutant: s/n \* 10 + digit/n * 8 + digit/
 */
#include "common/num.c"

#include <string.h>

#include "proof.h"

static void check_value(void)
{
	BYTES(text, 4);
	const uint64_t before = nondet_uint64(), max = nondet_uint64();
	uint64_t value = before, expected = 0;
	bool digits = text_len > 0;

	ASSUME(max <= 9999);
	const enum num_result result = num_parse(text, text_len, max, &value);
	for (size_t i = 0; i < text_len; i++) {
		digits = digits && text[i] >= '0' && text[i] <= '9';
		if (digits)
			expected = expected * 10 + (uint64_t)(text[i] - '0');
	}
	PROVE((result == NUM_MALFORMED) == !digits, "malformed unless all are digits");
	PROVE(!digits || (result == NUM_OK) == (expected <= max), "not above the limit");
	PROVE(value == (result == NUM_OK ? expected : before), "the value, written only if it is one");
	REACH(result == NUM_OK && value == max && max > 0, "the limit itself");
}

/* Numbers of the same length compare as their digits do, so no arithmetic is needed to know what is too much. */
static void check_limit(void)
{
	static const char highest[] = "4294967294";
	const size_t length = sizeof(highest) - 1;
	BYTES(text, 12);
	uint64_t value;
	ASSUME(text_len > 0);
	for (size_t i = 0; i < text_len; i++)
		ASSUME(text[i] >= '0' && text[i] <= '9');
	int order = text_len < length ? -1 : 0;
	for (size_t i = 0; order == 0 && i < text_len; i++) {
		const size_t left = text_len - i;
		const char digit = left > length ? '0' : highest[length - left];
		order = text[i] < digit ? -1 : text[i] > digit;
	}
	const enum num_result result = num_parse(text, text_len, UINT64_C(4294967294), &value);
	PROVE((result == NUM_OK) == (order <= 0), "not above the highest id");
	PROVE(result != NUM_MALFORMED, "digits are well-formed");
	REACH(result == NUM_OK && text_len == 10 && text[0] == '4', "near the highest id");
	REACH(result == NUM_RANGE && text_len == 12, "far above it");
}

int main(void)
{
	if (nondet_bool())
		check_value();
	else
		check_limit();
	return 0;
}
