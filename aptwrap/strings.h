/*
 * Strings and lists of strings. Nothing is freed, as the program runs for seconds. Without memory it aborts.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* realloc(3), or abort(3). */
void *memory_grow(void *old, size_t size);

/* A growing string. data is NULL until something is added, then it ends with NUL. */
struct text {
	char *data;
	size_t len, room;
};

/* A growing array of strings. items is NULL until something is added, then items[count] is NULL. */
struct list {
	char **items;
	size_t count, room;
};

void text_add(struct text *text, const char *s);
void text_add_bytes(struct text *text, const char *s, size_t len);
char *text_copy(const char *s, size_t len);
/* Joins the strings before NULL. Unlike msg_format(), it does not replace control characters. */
char *text_join(const char *first, ...) __attribute__((sentinel));
char *text_number(unsigned long n);

/* These copy the string. list_add_new() does nothing if the list has the string already. */
void list_add(struct list *list, const char *s);
void list_add_new(struct list *list, const char *s);
void list_add_words(struct list *list, const char *first, ...) __attribute__((sentinel));
/* The parts of data that separators divide, such as lines. Empty parts between two of them count. */
struct list list_split(const char *data, const char *separators);
void list_add_all(struct list *list, const struct list *from);
/* Adds the strings of after that are not in before. */
void list_add_difference(struct list *list, const struct list *after, const struct list *before);
bool list_has(const struct list *list, const char *s);
/* Joins the strings with blanks, and quotes them for a shell. */
char *list_line(const struct list *list);

/* What follows the last slash, or all of the path. */
const char *text_base_name(const char *path);
bool text_starts(const char *s, const char *what);

/* Reads fd to its end. Returns 0, or -1 with errno, which is EFBIG if there are more than 256 MB. */
int text_read(struct text *text, int fd);
