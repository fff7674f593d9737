/*
 * For fuzz targets of option parsers: makes argv and an environment from bytes. Each line is an argument;
 * lines after the line "=" are the environment.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REQUIRE(condition)                                                                                   \
	do {                                                                                                 \
		if (!(condition)) {                                                                          \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                      \
			abort();                                                                             \
		}                                                                                            \
	} while (0)

#define WORDS_MAX 200

struct words_given {
	char *text, *copy; /* the bytes, and as they were */
	size_t size;
	char *argv[WORDS_MAX + 1];
	char *envp[WORDS_MAX + 1];
	int argc, envc;
};

static inline void words_make(struct words_given *given, const uint8_t *data, size_t size)
{
	*given = (struct words_given){.text = malloc(size + 1), .copy = malloc(size + 1), .size = size + 1};
	REQUIRE(given->text && given->copy);
	if (size > 0)
		memcpy(given->text, data, size);
	given->text[size] = '\0';
	bool environment = false;
	for (char *word = given->text, *end; word <= given->text + size; word = end + 1) {
		end = word + strcspn(word, "\n");
		*end = '\0';
		if (strcmp(word, "=") == 0 && !environment)
			environment = true;
		else if (environment && given->envc < WORDS_MAX)
			given->envp[given->envc++] = word;
		else if (!environment && given->argc < WORDS_MAX)
			given->argv[given->argc++] = word;
	}
	memcpy(given->copy, given->text, size + 1);
}

/* Checks that the parser has changed nothing. */
static inline void words_free(struct words_given *given)
{
	REQUIRE(memcmp(given->text, given->copy, given->size) == 0);
	free(given->text);
	free(given->copy);
}

/* Whether it is one of the words, or a part of one up to its end. */
static inline bool words_have(const struct words_given *given, const char *word)
{
	return word >= given->text && word < given->text + given->size;
}
