/*
 * A list of strings in one array, each with its NUL. Pointers would need relocations, and these make a page
 * dirty at every start.
 */
#pragma once

#include <string.h>

/* Returns string n, counted from 0. The list must be that long. */
static inline const char *string_list_nth(const char *list, int n)
{
	while (n-- > 0)
		list += strlen(list) + 1;
	return list;
}
