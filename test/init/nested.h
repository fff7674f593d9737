/* Inits inside inits, three deep, in every pairing. */
#pragma once

#include "test/support/harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NESTED       27
#define NESTED_WORDS 6

/* Triple number i; the inner two are looked up in PATH, which has to begin with BIN. Only the outermost has
 * to be told that it is subreaper. */
static inline void nested_words(int i, const char *words[NESTED_WORDS])
{
	static const char *const inits[3][2] = {{"tini", "-s"}, {"dumb-init", "--"}, {"dinit", "--"}};
	const int which[3] = {i / 9, i / 3 % 3, i % 3};

	for (int n = 0; n < 3; n++, words += 2)
		memcpy(words, inits[which[n]], sizeof(inits[0]));
}

static inline void nested_set_path(void)
{
	static char path[8192];

	snprintf(path, sizeof(path), "%s:/usr/local/bin:/usr/bin:/bin", getenv("BIN"));
	setenv("PATH", path, 1);
}
