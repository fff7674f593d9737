/* See userspec.h. */
#include "userspec.h"

#include "common/num.h"

struct half userspec_half(struct span text)
{
	struct half half = {.kind = HALF_NAME, .id = 0, .text = text};
	size_t sign = text.len > 0 && text.at[0] == '+';
	uint64_t id;

	if (text.len == 0) {
		half.kind = HALF_EMPTY;
		return half;
	}
	switch (num_parse(text.at + sign, text.len - sign, ID_MAX, &id)) {
	case NUM_OK:
		half.kind = HALF_ID;
		half.id = (uint32_t)id;
		break;
	case NUM_RANGE:
		half.kind = HALF_RANGE;
		break;
	case NUM_MALFORMED:
		break;
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
