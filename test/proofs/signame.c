/*
 * property: a signal's name or number gives a signal from 1 to 64 or -1; each of 1 to 31 has a name and words
 * bound: a text of 0 to 8 bytes; any number
 * assumes: num_parse() does what its contract says | proof num
 * flags: --unwind 32 --unsigned-overflow-check
 * mutant: s/return number > 0 ? (int)number : -1;/return (int)number;/
 * mutant: s/SIGNAL_RTMAX - SIGNAL_RTMIN, &distance/SIGNAL_RTMAX, \&distance/
 * mutant: s/#define NAMED_LAST 31/#define NAMED_LAST 32/
 * mutant: s/if (len < base_len || /if (/
 */
#include "num_contract.h"

#include "init/signame.c"

size_t msg_format(char *buf, size_t size, const char *format, ...)
{
	PROVE(__CPROVER_w_ok(buf, size), "room for the name");
	buf[0] = '\0';
	return 0;
}

int main(void)
{
	BYTES(text, 8);
	char name[SIGNAME_MAX], words[SIGNAME_WORDS_MAX];
	const int number = nondet_int(), parsed = signame_parse(text, text_len);

	PROVE(parsed == -1 || (parsed >= 1 && parsed <= SIGNAL_LAST), "a signal or -1");
	REACH(parsed == SIGTERM && text_len == 7, "SIGTERM");
	REACH(parsed == SIGNAL_RTMIN + 2 && text_len == 7, "RTMIN+2");
	const char *known_name = signame_short(number, name), *known_words = signame_words(number, words);
	if (number >= 1 && number <= 31)
		PROVE(known_name != name && known_words != words && *known_name && *known_words,
		      "it has words");
	REACH(number == 31, "the last one with a name");
	return 0;
}
