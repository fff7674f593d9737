#include "num.h"

#include <string.h>

enum num_result num_parse(const char *text, size_t len, uint64_t max, uint64_t *value)
{
	uint64_t n = 0;
	enum num_result result = NUM_OK;

	if (len == 0)
		return NUM_MALFORMED;
	for (size_t i = 0; i < len; i++) {
		if (text[i] < '0' || text[i] > '9')
			return NUM_MALFORMED;
		uint64_t digit = (uint64_t)(text[i] - '0');
		if (digit > max || n > (max - digit) / 10)
			result = NUM_RANGE;
		else
			n = n * 10 + digit;
	}
	if (result == NUM_OK)
		*value = n;
	return result;
}

enum num_result num_parse_seconds(const char *text, uint64_t max_ms, uint64_t *ms)
{
	size_t whole_len = strcspn(text, ".");
	const char *fraction = text[whole_len] == '.' ? text + whole_len + 1 : "";
	uint64_t whole = 0, part = 0, beyond = 0;
	enum num_result result = NUM_OK;

	if (whole_len == 0 && *fraction == '\0')
		return NUM_MALFORMED;
	if (whole_len > 0)
		result = num_parse(text, whole_len, UINT64_MAX / 1000 - 1, &whole);
	if (result == NUM_MALFORMED)
		return result;
	for (uint64_t unit = 100; *fraction; fraction++, unit /= 10) {
		if (*fraction < '0' || *fraction > '9')
			return NUM_MALFORMED;
		part += unit * (uint64_t)(*fraction - '0');
		if (unit == 0 && *fraction != '0')
			beyond = 1;
	}
	uint64_t total = whole * 1000 + part + beyond;
	if (result == NUM_RANGE || total > max_ms)
		return NUM_RANGE;
	*ms = total;
	return NUM_OK;
}
