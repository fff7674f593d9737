/*
 * property: what is taken from a Contents index becomes a word of apt's command line: it has only the characters of
 *	package names and does not begin with '-', whatever the index says
 * bound: an entry of 0 to 9 bytes beside one that was taken before
 * assumes: contents_index_find() passes each entry to consider() and returns the name of the one that it took | a reader
 * flags: --unwind 11 --unsigned-overflow-check
 * edit: s/abcdefghijklmnopqrstuvwxyz0123456789/ab0/
 * mutant: s/ || \*name == '-'//
 * mutant: s/name\[strspn(name, "[^"]*")\] || //
 * mutant: s/ || !\*name//
 */
#include "libc.h"

#include "aptwrap/strings.c"
#include "aptwrap/libraries/contents_index.c"

#include "proof.h"

static bool is_package_character(char c)
{
	return c == 'a' || c == 'b' || c == '0' || c == '.' || c == '+' || c == '-';
}

int main(void)
{
	STRING(entry, 9);
	const char *before = nondet_bool() ? "libs/ab" : NULL, *best = before;
	size_t from = 0;

	consider(&best, entry);
	PROVE(best == before || best == entry, "one of the two");
	if (best != entry)
		return 0;
	for (size_t i = 0; i < entry_len; i++)
		if (entry[i] == '/')
			from = i + 1;
	PROVE(entry[from] != '\0' && entry[from] != '-', "not empty, and no option");
	for (size_t i = from; i < entry_len; i++)
		PROVE(is_package_character(entry[i]), "the characters of a package's name");
	REACH(before && from == 5, "a shorter one of libs");
	return 0;
}
