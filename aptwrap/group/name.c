/* See name.h. */
#include "aptwrap/group/name.h"

#include "aptwrap/text.h"

#include <string.h>

enum { NAME_MAX_LEN = 100 };

bool group_valid_name(const char *name)
{
	size_t len = strlen(name);

	return len > 0 && len <= NAME_MAX_LEN &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.+_-") == len && strcmp(name, ".") != 0 &&
	       strcmp(name, "..") != 0;
}

char *group_package(const char *name)
{
	struct text text = {0};

	text_add(&text, GROUP_PREFIX);
	for (; *name; name++) {
		if (*name == '_')
			text_add(&text, "+u");
		else if (*name == '+')
			text_add(&text, "+p");
		else
			text_add_bytes(&text, name, 1);
	}
	return text.data;
}
