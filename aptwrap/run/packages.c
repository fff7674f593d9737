/* See packages.h. */
#include "aptwrap/run/packages.h"

#include "aptwrap/group/name.h"
#include "common/num.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 5, KB = 1024 };

void packages_query(struct list *argv)
{
	list_add(argv, "dpkg-query");
	list_add(argv, "--show");
	list_add(argv, "--showformat=${db:Status-Status}|${db:Status-Eflag}|${binary:Package}|${Version}|"
		       "${Installed-Size}\\n");
}

bool packages_valid_name(const char *name, size_t len)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789.+-:";

	if (len == 0 || len > 300 || !memchr(allowed, name[0], 36))
		return false;
	for (size_t i = 0; i < len; i++)
		if (name[i] == '\0' || !strchr(allowed, name[i]))
			return false;
	return true;
}

size_t packages_bare(const char *name, size_t len, const char *native)
{
	size_t tail = strlen(native);

	if (tail > 0 && len > tail && name[len - tail - 1] == ':' &&
	    memcmp(name + len - tail, native, tail) == 0)
		return len - tail - 1;
	return len;
}

static bool is_word(const char *field, size_t len, const char *word)
{
	return len == strlen(word) && memcmp(field, word, len) == 0;
}

static void take_line(struct packages *packages, const char *native, const char *line, size_t n)
{
	const char *field[FIELDS];
	size_t len[FIELDS];
	uint64_t size = 0;

	for (size_t i = 0; i < FIELDS; i++) {
		const char *bar = i < FIELDS - 1 ? memchr(line, '|', n) : line + n;
		if (!bar)
			return;
		field[i] = line;
		len[i] = (size_t)(bar - line);
		n -= len[i] + (i < FIELDS - 1);
		line = bar + (i < FIELDS - 1);
	}
	if (!packages_valid_name(field[2], len[2]) || is_word(field[0], len[0], "not-installed"))
		return;
	len[2] = packages_bare(field[2], len[2], native);
	if (is_word(field[0], len[0], "config-files")) {
		list_add_bytes(&packages->removed, field[2], len[2]);
		return;
	}
	/* No size is 0. */
	(void)num_parse(field[4], len[4], UINT32_MAX, &size);
	packages->sizes = realloc(packages->sizes, (packages->names.count + 1) * sizeof(*packages->sizes));
	if (!packages->sizes)
		abort();
	packages->sizes[packages->names.count] = size * KB;
	list_add_bytes(&packages->names, field[2], len[2]);
	list_add_bytes(&packages->versions, field[3], len[3]);
	bool half = is_word(field[0], len[0], "half-installed") || is_word(field[1], len[1], "reinstreq");
	if (half)
		list_add_bytes(&packages->halves, field[2], len[2]);
	if (half || is_word(field[0], len[0], "unpacked") || is_word(field[0], len[0], "half-configured"))
		list_add_bytes(&packages->broken, field[2], len[2]);
}

void packages_parse(struct packages *packages, const char *native, const char *output, size_t len)
{
	const char *line;
	size_t n;

	*packages = (struct packages){0};
	while (text_line(&output, &len, &line, &n))
		take_line(packages, native, line, n);
}

static bool list_matches(const struct list *names, const char *pattern)
{
	for (size_t i = 0; i < names->count; i++) {
		const char *colon = strchr(names->items[i], ':');
		struct text bare = {0};
		text_add_bytes(&bare, names->items[i],
			       colon ? (size_t)(colon - names->items[i]) : strlen(names->items[i]));
		if (fnmatch(pattern, names->items[i], 0) == 0 || fnmatch(pattern, bare.data, 0) == 0)
			return true;
	}
	return false;
}

bool packages_match(const struct packages *packages, const char *word)
{
	struct text pattern = {0};
	size_t len = strcspn(word, ":=/");

	text_add_bytes(&pattern, word, len);
	if (list_matches(&packages->names, pattern.data) || list_matches(&packages->removed, pattern.data))
		return true;
	/* "name-" and "name+" */
	if (pattern.len < 2 || !strchr("+-", pattern.data[pattern.len - 1]))
		return false;
	pattern.data[pattern.len - 1] = '\0';
	return list_matches(&packages->names, pattern.data) || list_matches(&packages->removed, pattern.data);
}

/* dpkg sorts both lists the same way: the search begins where the last one ended. */
static size_t find(const struct packages *packages, const char *name, size_t *from)
{
	for (size_t n = 0; n < packages->names.count; n++) {
		size_t i = (*from + n) % packages->names.count;
		if (strcmp(packages->names.items[i], name) == 0) {
			*from = i + 1;
			return i;
		}
	}
	return SIZE_MAX;
}

static bool is_group(const char *name)
{
	return strncmp(name, GROUP_PREFIX, strlen(GROUP_PREFIX)) == 0;
}

void packages_compare(struct packages_change *change, const struct packages *before,
		      const struct packages *after)
{
	size_t at = 0;

	*change = (struct packages_change){0};
	for (size_t i = 0; i < after->names.count; i++) {
		const char *name = after->names.items[i];
		size_t old = find(before, name, &at);
		if (is_group(name))
			continue;
		if (old == SIZE_MAX)
			list_add(&change->installed, name);
		else if (strcmp(before->versions.items[old], after->versions.items[i]) != 0)
			list_add(&change->upgraded, name);
		else
			continue;
		change->added_bytes += after->sizes[i];
		change->freed_bytes += old == SIZE_MAX ? 0 : before->sizes[old];
	}
	at = 0;
	for (size_t i = 0; i < before->names.count; i++) {
		const char *name = before->names.items[i];
		if (is_group(name) || find(after, name, &at) != SIZE_MAX)
			continue;
		list_add(&change->removed, name);
		change->freed_bytes += before->sizes[i];
	}
}

void packages_new(struct list *added, const struct list *after, const struct list *before)
{
	for (size_t i = 0; i < after->count; i++)
		if (!list_has(before, after->items[i]))
			list_add_new(added, after->items[i]);
}

void packages_parse_names(struct list *names, const char *output, size_t len)
{
	const char *line;
	size_t n;

	while (text_line(&output, &len, &line, &n))
		if (packages_valid_name(line, n))
			list_add_bytes(names, line, n);
}
