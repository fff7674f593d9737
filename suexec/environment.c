/* See environment.h. */
#include "environment.h"

#include <stdbool.h>

static bool is_named(const char *entry, const char *name)
{
	size_t len = strlen(name);

	return strncmp(entry, name, len) == 0 && entry[len] == '=';
}

static size_t count_entries(char *const *from)
{
	size_t n = 0;

	while (from[n])
		n++;
	return n;
}

static size_t entry_size(const struct setting *set)
{
	return strlen(set->name) + 1 + set->value.len + 1;
}

size_t environment_size(char *const *from, const struct setting *set, size_t count)
{
	size_t size = (count_entries(from) + count + 1) * sizeof(char *);

	for (size_t i = 0; i < count; i++)
		size += entry_size(&set[i]);
	return size;
}

/* Writes "NAME=VALUE" and returns its end. */
static char *write_entry(char *at, const struct setting *set)
{
	size_t len = strlen(set->name);

	memcpy(at, set->name, len);
	at += len;
	*at++ = '=';
	memcpy(at, set->value.at, set->value.len);
	at += set->value.len;
	*at++ = '\0';
	return at;
}

char **environment_build(char *const *from, const struct setting *set, size_t count, void *room)
{
	char **to = room;
	char *text = (char *)(to + count_entries(from) + count + 1);
	size_t n = 0;

	for (; *from; from++)
		to[n++] = *from;
	for (size_t i = 0; i < count; i++) {
		size_t kept = 0;
		bool is_set = false;
		for (size_t k = 0; k < n; k++) {
			if (!is_named(to[k], set[i].name)) {
				to[kept++] = to[k];
			} else if (!is_set) {
				to[kept++] = text;
				is_set = true;
			}
		}
		if (!is_set)
			to[kept++] = text;
		text = write_entry(text, &set[i]);
		n = kept;
	}
	to[n] = NULL;
	return to;
}
