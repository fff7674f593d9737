/*
 * property: a user spec is id 0 only if it says 0; digits are never a name; a second colon is refused; no half is the
 *	id that means "no change"
 * bound: any string of 0 to 12 bytes
 * assumes: num_parse() does what its contract says | proof num
 * flags: --unwind 15 --unsigned-overflow-check
 * mutant: s/sign = text.len > 0 && text.at\[0\] == '+'/sign = 0/
 * mutant: s/text.len - sign, ID_MAX/text.len - sign, UINT64_MAX/
 * mutant: s/half.kind = HALF_RANGE/half.kind = HALF_ID/
 * mutant: s/text + user_len + 1/text + user_len/
 * mutant: s/return !strchr(group, ':')/return true/
 * mutant: s/else if (result == NUM_OK)/else if (result != NUM_RANGE)/
 */
#include "num_contract.h"
#include "libc.h"

#include "suexec/userspec.c"

static void check(struct half half)
{
	const char *at = half.text.at;
	const size_t len = half.text.len, from = len > 0 && at[0] == '+';
	bool digits = len > from, zeros = true;

	for (size_t i = from; i < len; i++) {
		digits = digits && at[i] >= '0' && at[i] <= '9';
		zeros = zeros && at[i] == '0';
	}
	PROVE((half.kind == HALF_EMPTY) == (len == 0), "empty");
	PROVE((half.kind == HALF_ID || half.kind == HALF_RANGE) == digits,
	      "digits are a number, all else a name");
	PROVE(half.kind != HALF_ID || (half.id == 0) == zeros, "root only where it says 0");
	PROVE(half.kind != HALF_ID || half.id <= ID_MAX, "never (uid_t)-1");
	REACH(half.kind == HALF_ID && half.id == 0, "root");
	REACH(half.kind == HALF_RANGE, "out of range");
	REACH(half.kind == HALF_NAME, "a name");
}

int main(void)
{
	STRING(text, 12);
	struct userspec spec;
	size_t colons = 0, first = text_len;

	for (size_t i = 0; i < text_len; i++)
		if (text[i] == ':' && colons++ == 0)
			first = i;
	const bool parsed = userspec_parse(text, &spec);

	PROVE(parsed == (colons <= 1), "a second colon is refused");
	if (!parsed)
		return 0;
	PROVE(spec.user.text.at == text && spec.user.text.len == first, "the user");
	PROVE(colons == 0
		      ? spec.group.kind == HALF_EMPTY
		      : spec.group.text.at == text + first + 1 && spec.group.text.len == text_len - first - 1,
	      "the group");
	check(spec.user);
	check(spec.group);
	return 0;
}
