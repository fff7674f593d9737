/*
 * Strings and lists of strings that live as long as the program: it runs for seconds, and nothing here is
 * ever freed. Where there is no memory left the program aborts; there is nothing sensible to go on with.
 */
#ifndef APTWRAP_TEXT_H
#define APTWRAP_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* A growing string, always terminated once something was added; data is NULL before. */
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

/* All of the strings up to NULL, joined. Unlike msg_format() it keeps every byte. */
char *text_join(const char *first, ...) __attribute__((sentinel));

/* The decimal digits of n. */
char *text_number(unsigned long n);

/* Copies the string; list_add_new() leaves out what is there already. */
void list_add(struct list *list, const char *s);
void list_add_bytes(struct list *list, const char *s, size_t len);
void list_add_new(struct list *list, const char *s);
void list_add_all(struct list *list, const struct list *from);
void list_insert(struct list *list, size_t at, const char *s);
void list_sort(struct list *list);
bool list_has(const struct list *list, const char *s);

/* The list as execve() and the like want it: never NULL itself. */
char *const *list_argv(const struct list *list);

/*
 * Takes the next line from *at, of which *left bytes remain, without its newline. Returns false at the end.
 * A last line needs no newline.
 */
bool text_line(const char **at, size_t *left, const char **line, size_t *len);

/* Adds word as a shell would take it back, quoted where it must be. */
void text_add_quoted(struct text *text, const char *word);

/* Whether the len bytes at s begin with, or contain, what. */
bool text_starts(const char *s, size_t len, const char *what);
bool text_contains(const char *s, size_t len, const char *what);

#endif
