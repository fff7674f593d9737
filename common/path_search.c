#include "common/path_search.h"

#include <errno.h>
#include <string.h>

bool path_search_next(struct path_search *search)
{
	while (search->path) {
		const char *element = search->path;
		const size_t len = strcspn(element, ":");
		search->path = element[len] ? element + len + 1 : NULL;
		if (len >= PATH_MAX)
			continue;
		memcpy(search->file, element, len);
		search->file[len] = '/';
		memcpy(search->file + len + (len > 0), search->name, strlen(search->name) + 1);
		return true;
	}
	return false;
}

bool path_search_absent(int error)
{
	return error == ENOENT || error == ENOTDIR || error == ESTALE || error == ENODEV ||
	       error == ETIMEDOUT;
}
