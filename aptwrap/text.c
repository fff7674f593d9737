/* See text.h. */
#include "aptwrap/text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#ifndef __has_feature /* clang's */
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
/* What is never freed, see text.h, is no leak. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "detect_leaks=0";
}
#endif

static void *grow(void *old, size_t size)
{
	void *p = realloc(old, size);

	if (!p)
		abort();
	return p;
}

void text_add_bytes(struct text *text, const char *s, size_t len)
{
	if (len >= text->room - text->len || !text->data) {
		text->room = (text->room + len) * 2 + 64;
		text->data = grow(text->data, text->room);
	}
	if (len > 0)
		memcpy(text->data + text->len, s, len);
	text->len += len;
	text->data[text->len] = '\0';
}

void text_add(struct text *text, const char *s)
{
	text_add_bytes(text, s, strlen(s));
}

char *text_join(const char *first, ...)
{
	struct text text = {0};
	va_list args;

	va_start(args, first);
	for (const char *s = first; s; s = va_arg(args, const char *))
		text_add(&text, s);
	va_end(args);
	return text.data;
}

char *text_number(unsigned long n)
{
	char digits[24];
	size_t i = sizeof(digits) - 1;

	digits[i] = '\0';
	do
		digits[--i] = (char)('0' + n % 10);
	while ((n /= 10) != 0);
	return text_join(digits + i, NULL);
}

void list_add_bytes(struct list *list, const char *s, size_t len)
{
	struct text copy = {0};

	if (list->count + 1 >= list->room) {
		list->room = list->room * 2 + 16;
		list->items = grow(list->items, list->room * sizeof(*list->items));
	}
	text_add_bytes(&copy, s, len);
	list->items[list->count++] = copy.data;
	list->items[list->count] = NULL;
}

void list_add(struct list *list, const char *s)
{
	list_add_bytes(list, s, strlen(s));
}

bool list_has(const struct list *list, const char *s)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i], s) == 0)
			return true;
	return false;
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void list_sort(struct list *list)
{
	if (list->count > 1)
		qsort(list->items, list->count, sizeof(*list->items), compare);
}

void list_add_new(struct list *list, const char *s)
{
	if (!list_has(list, s))
		list_add(list, s);
}

void list_add_all(struct list *list, const struct list *from)
{
	for (size_t i = 0; i < from->count; i++)
		list_add(list, from->items[i]);
}

void list_insert(struct list *list, size_t at, const char *s)
{
	list_add(list, s);
	char *last = list->items[list->count - 1];
	memmove(list->items + at + 1, list->items + at, (list->count - 1 - at) * sizeof(*list->items));
	list->items[at] = last;
}

char *const *list_argv(const struct list *list)
{
	static char *const none[] = {NULL};

	return list->items ? list->items : none;
}

bool text_line(const char **at, size_t *left, const char **line, size_t *len)
{
	if (*left == 0)
		return false;
	const char *end = memchr(*at, '\n', *left);
	size_t taken = end ? (size_t)(end - *at) + 1 : *left;
	*line = *at;
	*len = end ? taken - 1 : taken;
	*at += taken;
	*left -= taken;
	return true;
}

void text_add_quoted(struct text *text, const char *word)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-";

	if (*word && word[strspn(word, plain)] == '\0') {
		text_add(text, word);
		return;
	}
	text_add(text, "'");
	for (const char *p = word; *p; p++) {
		if (*p == '\'')
			text_add(text, "'\\''");
		else
			text_add_bytes(text, p, 1);
	}
	text_add(text, "'");
}

bool text_starts(const char *s, size_t len, const char *what)
{
	size_t n = strlen(what);

	return len >= n && memcmp(s, what, n) == 0;
}

bool text_contains(const char *s, size_t len, const char *what)
{
	return len > 0 && memmem(s, len, what, strlen(what)) != NULL;
}
