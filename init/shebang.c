/* See shebang.h. */
#include "init/shebang.h"

#include <string.h>

#define BLANKS " \t"

size_t shebang_words(char *const *argv)
{
	size_t words = 0;

	if (!argv[0] || !argv[1] || argv[1][0] != '-' || argv[1][strcspn(argv[1], BLANKS)] == '\0')
		return 0;
	for (const char *p = argv[1]; *p; words++) {
		p += strcspn(p, BLANKS);
		p += strspn(p, BLANKS);
	}
	return words;
}

void shebang_split(char **argv, char **out)
{
	char *p = argv[1];

	*out++ = argv[0];
	while (*p) {
		*out++ = p;
		p += strcspn(p, BLANKS);
		size_t blanks = strspn(p, BLANKS);
		if (blanks > 0)
			*p = '\0';
		p += blanks;
	}
	for (argv += 2; *argv; argv++)
		*out++ = *argv;
	*out = NULL;
}
