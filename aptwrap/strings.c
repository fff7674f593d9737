/* See strings.h. */
#include "aptwrap/strings.h"

#include "common/msg.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TEXT_MAX = 256 << 20 };

void *memory_grow(void *old, size_t size)
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
		text->data = memory_grow(text->data, text->room);
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

char *text_copy(const char *s, size_t len)
{
	struct text text = {0};

	text_add_bytes(&text, s, len);
	return text.data;
}

char *text_number(unsigned long n)
{
	char digits[24];

	return text_copy(digits, msg_format(digits, sizeof(digits), "%lu", n));
}

/* Adds a string that was allocated, without copying it. */
static void list_take(struct list *list, char *s)
{
	if (list->count + 1 >= list->room) {
		list->room = list->room * 2 + 16;
		list->items = memory_grow(list->items, list->room * sizeof(*list->items));
	}
	list->items[list->count++] = s;
	list->items[list->count] = NULL;
}

void list_add(struct list *list, const char *s)
{
	list_take(list, text_join(s, NULL));
}

bool list_has(const struct list *list, const char *s)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i], s) == 0)
			return true;
	return false;
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

void list_add_words(struct list *list, const char *first, ...)
{
	va_list args;

	va_start(args, first);
	for (const char *s = first; s; s = va_arg(args, const char *))
		list_add(list, s);
	va_end(args);
}

void list_add_difference(struct list *list, const struct list *after, const struct list *before)
{
	for (size_t i = 0; i < after->count; i++)
		if (!list_has(before, after->items[i]))
			list_add_new(list, after->items[i]);
}

struct list list_split(const char *data, const char *separators)
{
	struct list parts = {0};

	while (*data) {
		size_t len = strcspn(data, separators);
		list_take(&parts, text_copy(data, len));
		data += len + (data[len] != '\0');
	}
	return parts;
}

char *list_line(const struct list *list)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-";
	struct text text = {0};

	text_add(&text, "");
	for (size_t i = 0; i < list->count; i++) {
		const char *word = list->items[i], *quote = *word && !word[strspn(word, plain)] ? "" : "'";
		text_add(&text, i > 0 ? " " : "");
		text_add(&text, quote);
		for (; *word; word++)
			text_add_bytes(&text, *word == '\'' ? "'\\''" : word, *word == '\'' ? 4 : 1);
		text_add(&text, quote);
	}
	return text.data;
}

const char *text_base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

bool text_starts(const char *s, const char *what)
{
	return strncmp(s, what, strlen(what)) == 0;
}

int text_read(struct text *text, int fd)
{
	char buf[16384];
	ssize_t n;

	text_add(text, "");
	while ((n = read(fd, buf, sizeof(buf))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if ((size_t)n > TEXT_MAX - text->len) {
			errno = EFBIG;
			return -1;
		}
		text_add_bytes(text, buf, (size_t)n);
	}
	return 0;
}
