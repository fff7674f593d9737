/* See groups.h. */
#include "groups.h"

#include <string.h>

enum { NAME_MAX_LEN = 200 };

bool groups_valid_name(const char *name)
{
	size_t len = strlen(name);

	return len > 0 && len <= NAME_MAX_LEN &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.+_-") == len && strcmp(name, ".") != 0 &&
	       strcmp(name, "..") != 0;
}
