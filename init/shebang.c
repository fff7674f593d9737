#include "init/shebang.h"

#include <stdbool.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

size_t shebang_words(char *const *argv)
{
	bool blanks = false;
	size_t words = 1;

	if (!argv[0] || !argv[1] || argv[1][0] != '-')
		return 0;
	for (const char *p = argv[1]; *p; p++) {
		blanks = blanks || is_blank(*p);
		words += is_blank(p[0]) && p[1] != '\0' && !is_blank(p[1]);
	}
	return blanks ? words : 0;
}

void shebang_split(char **argv, char **out)
{
	char *line = argv[1];

	*out++ = argv[0];
	for (char *p = line; *p; p++)
		if (is_blank(*p))
			*p = '\0';
		else if (p == line || p[-1] == '\0')
			*out++ = p;
	for (argv += 2; *argv; argv++)
		*out++ = *argv;
	*out = NULL;
}
