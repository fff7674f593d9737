/*
 * property: a message never exceeds its buffer and is terminated; a string's control characters become '?'; errno stays
 * bound: a string of 0 to 5 bytes or NULL, a character, any number; a buffer of 0 to 10 bytes
 * flags: --unwind 13 --unsigned-overflow-check
 * mutant: s/out->len + 1 < out->size/out->len < out->size/
 * mutant: s/\*s == 0x7f/0/
 * mutant: s/if (control)/if (0)/
 * mutant: s/s ? s : "(null)"/s/
 * mutant: s/if (size > 0)/if (1)/
 * mutant: s/put_char(out, '-');/;/
 */
#include "common/msg.c"

#include "proof.h"

static void check_string(void)
{
	STRING(text, 5);
	BYTES(buf, 10);
	const bool null = nondet_bool();
	const int error = errno;
	const size_t len = msg_format(buf, buf_len, "%s|%c%%", null ? NULL : text, nondet_int());

	PROVE(buf_len == 0 ? len == 0 : len < buf_len && buf[len] == '\0', "terminated, within its buffer");
	PROVE(errno == error, "errno stays");
	for (size_t i = 0; i < text_len; i++)
		if (i < len && !null) {
			const bool control = (unsigned char)text[i] < 32 || text[i] == 127;
			PROVE(buf[i] == (control ? '?' : text[i]), "control characters become ?");
		}
	REACH(len == 8, "all of it");
	REACH(null && len == 9, "NULL");
}

static void check_number(void)
{
	char buf[12];
	const int number = nondet_int();
	const size_t len = msg_format(buf, sizeof(buf), "%d", number);

	PROVE(len >= 1 && len <= 11 && (buf[0] == '-') == (number < 0), "a sign where it has one");
	for (size_t i = number < 0; i < len; i++)
		PROVE(buf[i] >= '0' && buf[i] <= '9', "digits");
	REACH(len == 11, "the longest");
}

int main(void)
{
	if (nondet_bool())
		check_string();
	else
		check_number();
	return 0;
}
