/*
 * A second, simple parser of ids and lines, for the fuzz targets to compare with. It shares no code with the
 * program.
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

/* Digits and nothing else, worth at most 4294967294. */
static inline bool reference_id(const char *text, size_t len, uint32_t *id)
{
	unsigned long long n = 0;

	if (len == 0)
		return false;
	for (size_t i = 0; i < len; i++)
		if (text[i] < '0' || text[i] > '9')
			return false;
	while (len > 0 && *text == '0') {
		text++;
		len--;
	}
	if (len > 10)
		return false;
	for (size_t i = 0; i < len; i++)
		n = n * 10 + (unsigned long long)(text[i] - '0');
	*id = (uint32_t)n;
	return n <= 4294967294ull;
}

struct reference_line {
	const char *field[7];
	size_t len[7];
	size_t count; /* of fields, at most 7 */
};

/* Reads the line that starts at *at and moves *at to the next one. Returns false if the line must be skipped.
 */
static inline bool reference_next(const char *text, size_t size, size_t *at, struct reference_line *line)
{
	size_t start = *at, end = start;

	while (end < size && text[end] != '\n')
		end++;
	*at = end + 1;
	if (end > start && text[end - 1] == '\r')
		end--;
	for (size_t i = start; i < end; i++)
		if (text[i] == '\0')
			return false;
	while (start < end && (text[start] == ' ' || text[start] == '\t'))
		start++;
	if (start == end || text[start] == '#' || text[start] == '+' || text[start] == '-' ||
	    text[start] == ':')
		return false;
	memset(line, 0, sizeof(*line));
	line->field[0] = text + start;
	line->count = 1;
	for (size_t i = start; i < end; i++) {
		if (text[i] != ':') {
			line->len[line->count - 1]++;
		} else if (line->count < 7) {
			line->field[line->count++] = text + i + 1;
		} else {
			break;
		}
	}
	return line->count >= 4;
}

static inline bool reference_is(const struct reference_line *line, size_t field, const char *text, size_t len)
{
	return line->len[field] == len && (len == 0 || memcmp(line->field[field], text, len) == 0);
}
