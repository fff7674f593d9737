/*
 * Words as one string with NUL bytes between them, not as pointers: a pointer is a relocation, and a
 * relocation makes a page dirty at each start.
 */
#ifndef INIT_STRING_LIST_H
#define INIT_STRING_LIST_H

#include <string.h>

/* The n-th word of the list, counted from 0; the list must have it. */
static inline const char *string_list_nth(const char *list, int n)
{
	while (n-- > 0)
		list += strlen(list) + 1;
	return list;
}

#endif
