/* See userspec.h. */
#include "userspec.h"

#include "common/num.h"

struct half userspec_half(struct span text)
{
	struct half half = {.kind = HALF_NAME, .id = 0, .text = text};
	size_t sign = text.len > 0 && text.at[0] == '+';
	uint64_t id;

	enum num_result result = num_parse(text.at + sign, text.len - sign, ID_MAX, &id);
	if (text.len == 0) {
		half.kind = HALF_EMPTY;
	} else if (result == NUM_OK) {
		half.kind = HALF_ID;
		half.id = (uint32_t)id;
	} else if (result == NUM_RANGE) {
		half.kind = HALF_RANGE;
	}
	return half;
}

bool userspec_parse(const char *text, struct userspec *spec)
{
	struct span user = span_of(text), group = {.at = "", .len = 0};
	const char *colon = memchr(text, ':', user.len);

	if (colon) {
		user.len = (size_t)(colon - text);
		group = span_of(colon + 1);
		if (memchr(group.at, ':', group.len))
			return false;
	}
	spec->user = userspec_half(user);
	spec->group = userspec_half(group);
	return true;
}
