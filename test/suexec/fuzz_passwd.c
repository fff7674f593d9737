/* "name\n" and a passwd file: by name and by uid, passwd.c finds what the reference parser finds. */
#include "suexec/passwd.h"

#include "test/suexec/reference.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* name is NULL for a search by uid. */
static bool reference_find(struct span file, const char *name, size_t name_len, uint32_t uid,
			   struct reference_line *line, uint32_t *found_uid, uint32_t *gid)
{
	size_t at = 0;

	while (at < file.len) {
		if (!reference_next(file.at, file.len, &at, line))
			continue;
		if (!reference_id(line->field[2], line->len[2], found_uid) ||
		    !reference_id(line->field[3], line->len[3], gid))
			continue;
		if (name ? reference_is(line, 0, name, name_len) : *found_uid == uid)
			return true;
	}
	return false;
}

static void compare(bool found, const struct passwd_line *entry, bool expected,
		    const struct reference_line *line, uint32_t uid, uint32_t gid)
{
	REQUIRE(found == expected);
	if (!found)
		return;
	REQUIRE(entry->uid == uid && entry->gid == gid);
	REQUIRE(entry->name.at == line->field[0] && entry->name.len == line->len[0]);
	REQUIRE(reference_is(line, 5, entry->home.at, entry->home.len));
	REQUIRE(reference_is(line, 6, entry->shell.at, entry->shell.len));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	const char *newline = size > 0 ? memchr(text, '\n', size) : NULL;
	struct reference_line line;
	struct passwd_line entry;
	uint32_t uid = 0, gid = 0;

	if (!newline)
		return 0;
	struct span name = {.at = text, .len = (size_t)(newline - text)};
	if (name.len == 0 || memchr(name.at, '\0', name.len) || memchr(name.at, ':', name.len))
		return 0; /* userspec_parse() returns no such name */
	/* A copy of exactly that size, so that a sanitizer notices a read beyond it. */
	struct span file = {.len = size - name.len - 1};
	char *copy = malloc(file.len);
	if (file.len > 0)
		memcpy(copy, newline + 1, file.len);
	file.at = copy;

	bool expected = reference_find(file, name.at, name.len, 0, &line, &uid, &gid);
	bool found = passwd_by_name(file, name, &entry);
	compare(found, &entry, expected, &line, uid, gid);

	const uint32_t uids[] = {0, found ? entry.uid : 1, (uint32_t)size};
	for (size_t i = 0; i < 3; i++) {
		expected = reference_find(file, NULL, 0, uids[i], &line, &uid, &gid);
		found = passwd_by_uid(file, uids[i], &entry);
		compare(found, &entry, expected, &line, uid, gid);
	}
	free(copy);
	return 0;
}
