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
	const size_t user_len = strcspn(text, ":");
	const char *group = text[user_len] ? text + user_len + 1 : "";

	spec->user = userspec_half((struct span){.at = text, .len = user_len});
	spec->group = userspec_half(span_of(group));
	return !strchr(group, ':');
}
