/*
 * property: the scanner returns an option that exists, a value if and only if the option requires one, the end, or an
 *	error; it never reads behind the last argument, and each call takes something from the arguments
 * bound: 0 to 2 arguments of 0 to 4 bytes; 3 options, 2 of them with long names
 * flags: --unwind 8 --unsigned-overflow-check
 * mutant: s/letter == ':' ? NULL : /letter == '\\0' ? NULL : /
 * mutant: s/if (!attached && scan->value)/if (!attached)/
 * mutant: s/return scan->value != NULL;/return true;/
 * mutant: s/^	scan->index++;$//
 * mutant: s/if (known\[1\] != ':')/if (1)/
 * mutant: s/if (!found)/if (0)/
 * mutant: s/ || word\[1\] == '\\0'//
 */
#include "libc.h"

#include "common/option_scan.c"

size_t msg_format(char *buf, size_t size, const char *format, ...)
{
	PROVE(size > 0 && __CPROVER_w_ok(buf, size), "room for the error");
	const size_t len = nondet_uint64();
	ASSUME(len < size);
	return len;
}

size_t msg_vformat(char *buf, size_t size, const char *format, va_list args)
{
	return msg_format(buf, size, format);
}

int main(void)
{
	STRING(first, 4);
	STRING(second, 4);
	static const struct option_name names[] = {{"ab", 'a'}, {"abc", 'b'}, {"", 0}};
	const int count = nondet_int();
	char program[] = "x";

	ASSUME(count >= 1 && count <= 3);
	char *argv[] = {program, count > 1 ? first : NULL, count > 2 ? second : NULL, NULL};
	struct option_scan scan = {
		.argv = argv, .letters = "ab:c", .names = nondet_bool() ? names : NULL, .index = 1};

	for (int calls = 0; calls < 2; calls++) {
		const int index = scan.index;
		const char *cluster = scan.cluster;
		scan.value = NULL;
		const int letter = option_scan_next(&scan);
		PROVE(scan.index >= index && scan.index <= count, "an argument, or the end of them");
		if (letter == OPTION_SCAN_ERROR || letter == OPTION_SCAN_END)
			break;
		PROVE(letter == 'a' || letter == 'b' || letter == 'c', "an option that exists");
		PROVE((letter == 'b') == (scan.value != NULL), "a value where it is required");
		PROVE(scan.index > index || scan.cluster != cluster, "it goes on");
		PROVE(!scan.cluster || *scan.cluster, "the rest of a cluster is not empty");
		REACH(letter == 'b' && scan.value == second, "a value in an argument of its own");
		REACH(letter == 'c' && calls == 1 && index == 2 && cluster, "the second of a cluster");
	}
	return 0;
}
