/*
 * property: a script's first line is split into the words that were counted, all of them end where they must, and the
 *	array that main() makes is filled and not exceeded
 * bound: a first argument of 0 to 8 bytes, 0 to 2 arguments behind it
 * flags: --unwind 12 --unsigned-overflow-check
 * mutant: s/p == line || p\[-1\] == '\\0'/p == line/
 * mutant: s/is_blank(p\[0\]) && p\[1\] != '\\0' && !is_blank(p\[1\])/is_blank(p[0])/
 * mutant: s/argv\[1\]\[0\] != '-'/0/
 * mutant: s/^	\*out = NULL;//
 * mutant: s/size_t words = 1/size_t words = 0/
 */
#include "init/shebang.c"

#include "proof.h"

#define ARGUMENTS_MAX 4
#define WORDS_MAX     5

int main(void)
{
	STRING(line, 8);
	char name[2] = "x", other[2] = "y";
	const size_t argc = nondet_uint64();
	char *room[ARGUMENTS_MAX + WORDS_MAX];
	bool blank = false;

	ASSUME(argc <= ARGUMENTS_MAX);
	char *argv[ARGUMENTS_MAX + 1] = {argc > 0 ? name : NULL, argc > 1 ? line : NULL,
					 argc > 2 ? other : NULL, argc > 3 ? other : NULL, NULL};
	for (size_t i = 0; i < line_len; i++)
		blank = blank || line[i] == ' ' || line[i] == '\t';
	const size_t words = shebang_words(argv);
	PROVE((words > 0) == (argc > 1 && line[0] == '-' && blank),
	      "an option with a blank is split, nothing else");
	if (words == 0)
		return 0;
	/* main() makes room for so many, here at the end of an array. */
	PROVE(argc + words <= ARGUMENTS_MAX + WORDS_MAX, "the array of this proof is long enough");
	char **out = room + ARGUMENTS_MAX + WORDS_MAX - (argc + words);
	shebang_split(argv, out);
	PROVE(out[argc + words - 1] == NULL, "the last is NULL");
	for (size_t i = 0; i + 1 < argc + words; i++)
		PROVE(out[i] != NULL && out[i][0] != '\0' && out[i][0] != ' ' && out[i][0] != '\t', "words");
	PROVE(out[0] == name && (argc < 3 || out[words + 1] == other), "the other arguments stay");
	REACH(words == 4 && argc == 4, "four words");
	return 0;
}
