/*
 * Strings and lists of strings that live as long as the program, which is seconds: nothing is freed. Without
 * memory the program aborts.
 */
#ifndef APTWRAP_STRINGS_H
#define APTWRAP_STRINGS_H

#include <stdbool.h>
#include <stddef.h>

/* A growing string, terminated once something was added; data is NULL before. */
struct text {
	char *data;
	size_t len, room;
};

/* A growing vector of strings; items[count] is NULL once something was added, items is NULL before. */
struct list {
	char **items;
	size_t count, room;
};

void text_add(struct text *text, const char *s);
void text_add_bytes(struct text *text, const char *s, size_t len);
char *text_copy(const char *s, size_t len);
/* All of the strings up to NULL, joined. Unlike msg_format() it keeps every byte. */
char *text_join(const char *first, ...) __attribute__((sentinel));
char *text_number(unsigned long n);

/* These copy the string. list_add_new() does nothing if it is there already. */
void list_add(struct list *list, const char *s);
void list_add_new(struct list *list, const char *s);
void list_add_words(struct list *list, const char *first, ...) __attribute__((sentinel));
/* Adds the lines of data, without their newlines. */
void list_add_lines(struct list *list, const char *data);
void list_add_all(struct list *list, const struct list *from);
/* Adds what is in after and not in before. */
void list_add_difference(struct list *list, const struct list *after, const struct list *before);
bool list_has(const struct list *list, const char *s);
/* The words with a blank between them, as a shell would take them back. */
char *list_line(const struct list *list);

/* What follows the last slash, or all of the path. */
const char *text_base_name(const char *path);
bool text_starts(const char *s, const char *what);

/* Reads fd to its end. Returns 0, or -1 with errno; EFBIG where there is more than anything has that is read.
 */
int text_read(struct text *text, int fd);

#endif
