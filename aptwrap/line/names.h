/* Lists of packages: one name a line, "#" begins a comment, blanks around a name do not count. */
#ifndef APTWRAP_LINE_NAMES_H
#define APTWRAP_LINE_NAMES_H

#include "aptwrap/text.h"

/*
 * Adds the names in the len bytes at data. Returns NULL, or what is wrong with the line whose number is then
 * in *bad_line. Pure.
 */
const char *names_parse(struct list *names, const char *data, size_t len, unsigned long *bad_line);

/* Adds the names in the files; "-" is standard input. Returns false after a message. */
bool names_read(struct list *names, const struct list *files);

#endif
