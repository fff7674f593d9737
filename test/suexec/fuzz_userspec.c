/* Any spec: only "+?digits" gives an id, with that value, and only other texts give a name. */
#include "suexec/userspec.h"

#include "test/suexec/reference.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_half(const struct half *half, const char *text, size_t len)
{
	uint32_t id = 0;
	size_t sign = len > 0 && text[0] == '+';
	bool is_id = reference_id(text + sign, len - sign, &id);
	bool digits = len > sign;

	for (size_t i = sign; i < len; i++)
		digits = digits && text[i] >= '0' && text[i] <= '9';
	REQUIRE(half->text.at == text && half->text.len == len);
	REQUIRE((half->kind == HALF_EMPTY) == (len == 0));
	REQUIRE((half->kind == HALF_ID) == is_id);
	REQUIRE((half->kind == HALF_RANGE) == (digits && !is_id));
	REQUIRE((half->kind == HALF_NAME) == (len > 0 && !digits));
	REQUIRE(half->id == (is_id ? id : 0));
	if (is_id && half->id == 0)
		for (size_t i = sign; i < len; i++)
			REQUIRE(text[i] == '0');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = calloc(1, size + 1);
	struct userspec spec;
	size_t colons = 0;

	REQUIRE(text);
	if (size > 0)
		memcpy(text, data, size);
	size_t len = strlen(text), user = 0;
	while (user < len && text[user] != ':')
		user++;
	for (size_t i = 0; i < len; i++)
		colons += text[i] == ':';
	bool parsed = userspec_parse(text, &spec);
	REQUIRE(parsed == (colons < 2));
	if (parsed) {
		check_half(&spec.user, text, user);
		if (colons == 1)
			check_half(&spec.group, text + user + 1, len - user - 1);
		else
			REQUIRE(spec.group.kind == HALF_EMPTY);
	}
	free(text);
	return 0;
}
