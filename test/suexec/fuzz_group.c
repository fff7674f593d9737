/* "name\n" and a group file: the gid of that group, and the groups that list that user. */
#include "suexec/passwd.h"

#include "test/suexec/reference.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool lists(const struct reference_line *line, const char *name, size_t len)
{
	const char *members = line->field[3];
	size_t start = 0;

	for (size_t i = 0; i <= line->len[3]; i++) {
		if (i < line->len[3] && members[i] != ',')
			continue;
		if (i - start == len && memcmp(members + start, name, len) == 0)
			return true;
		start = i + 1;
	}
	return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	const char *newline = size > 0 ? memchr(text, '\n', size) : NULL;
	gid_t gid;
	struct reference_line line;
	uint32_t id, named = 0;
	bool has_named = false;
	size_t count = 0, distinct = 0, at = 0;

	if (!newline)
		return 0;
	struct span name = {.at = text, .len = (size_t)(newline - text)};
	if (name.len == 0 || memchr(name.at, '\0', name.len) || memchr(name.at, ':', name.len))
		return 0;
	struct span file = {.len = size - name.len - 1};
	char *copy = malloc(file.len);
	if (file.len > 0)
		memcpy(copy, newline + 1, file.len);
	file.at = copy;
	/* The same room that the program allocates. */
	struct gidset set = {.room = group_memberships_most(file)};
	uint32_t *expected = calloc(set.room + 1, sizeof(*expected));
	set.gids = calloc(set.room + 1, sizeof(*set.gids));

	while (at < file.len) {
		if (!reference_next(file.at, file.len, &at, &line) ||
		    !reference_id(line.field[2], line.len[2], &id))
			continue;
		if (!has_named && reference_is(&line, 0, name.at, name.len)) {
			has_named = true;
			named = id;
		}
		if (!lists(&line, name.at, name.len))
			continue;
		REQUIRE(count < set.room);
		expected[count++] = id;
	}
	REQUIRE(group_by_name(file, name, &gid) == has_named);
	REQUIRE(!has_named || gid == named);
	REQUIRE(group_memberships(file, name, &set));
	REQUIRE(set.count == count);
	gidset_sort(&set);
	for (size_t i = 0; i < count; i++) {
		size_t before = 0;
		while (expected[before] != expected[i])
			before++;
		distinct += before == i;
		REQUIRE(gidset_has(&set, expected[i]));
	}
	REQUIRE(set.count == distinct);
	free(expected);
	free(set.gids);
	free(copy);
	return 0;
}
