/* Package lists: one name a line, "#" begins a comment, blanks around a name do not count. Pure. */
#ifndef APTWRAP_LINE_NAMES_H
#define APTWRAP_LINE_NAMES_H

#include "aptwrap/text.h"

/*
 * Adds the names in the len bytes at data. Returns NULL, or what is wrong with the line whose number is then
 * in *bad_line; names of the lines before it are in the list.
 */
const char *names_parse(struct list *names, const char *data, size_t len, unsigned long *bad_line);

#endif
