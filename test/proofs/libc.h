/* Functions of libc that CBMC has no model of, or one for any size only; these stay within what they are given. */
#pragma once

#include <string.h>

#include "proof.h"

size_t strcspn(const char *s, const char *set)
{
	size_t n = 0;

	for (; s[n]; n++)
		for (size_t k = 0; set[k]; k++)
			if (set[k] == s[n])
				return n;
	return n;
}

size_t strspn(const char *s, const char *set)
{
	size_t n = 0;

	for (; s[n]; n++) {
		size_t k = 0;
		while (set[k] && set[k] != s[n])
			k++;
		if (!set[k])
			return n;
	}
	return n;
}

char *strstr(const char *s, const char *what)
{
	for (;; s++) {
		size_t k = 0;
		while (what[k] && s[k] == what[k])
			k++;
		if (!what[k])
			return (char *)s;
		if (!*s)
			return NULL;
	}
}

void *memchr(const void *s, int c, size_t n)
{
	const char *p = s;

	for (size_t i = 0; i < n; i++)
		if (p[i] == (char)c)
			return (void *)(p + i);
	return NULL;
}

int memcmp(const void *a, const void *b, size_t n)
{
	const unsigned char *x = a, *y = b;

	for (size_t i = 0; i < n; i++)
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	return 0;
}
