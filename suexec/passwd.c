/* See passwd.h. */
#include "passwd.h"

#include "common/num.h"
#include "suexec/userspec.h"

enum {
	NAME = 0,
	UID = 2,
	GID = 3,
	HOME = 5,
	SHELL = 6,
	PASSWD_FIELDS,
	GROUP_GID = 2,
	GROUP_MEMBERS = 3,
	GROUP_FIELDS,
	LEAST_FIELDS = 4, /* of both files */
};

/* Takes the piece before the next separator from rest; with the last piece rest->at becomes NULL. */
static struct span cut(struct span *rest, char separator)
{
	const char *end = memchr(rest->at, separator, rest->len);
	struct span piece = {.at = rest->at, .len = end ? (size_t)(end - rest->at) : rest->len};

	if (end) {
		rest->at = end + 1;
		rest->len -= piece.len + 1;
	} else {
		*rest = (struct span){.at = NULL, .len = 0};
	}
	return piece;
}

/* The next line that may be an entry; false at the end of the file. strchr() also finds a NUL byte. */
static bool next_line(struct span *rest, struct span *line)
{
	while (rest->at && rest->len > 0) {
		*line = cut(rest, '\n');
		if (line->len > 0 && line->at[line->len - 1] == '\r')
			line->len--;
		while (line->len > 0 && (line->at[0] == ' ' || line->at[0] == '\t')) {
			line->at++;
			line->len--;
		}
		if (line->len > 0 && !strchr("#+-:", line->at[0]))
			return true;
	}
	return false;
}

/* Returns how many of count fields there are; the others become empty. */
static size_t split(struct span line, struct span *field, size_t count)
{
	size_t n = 0;

	for (; n < count && line.at; n++)
		field[n] = cut(&line, ':');
	for (size_t i = n; i < count; i++)
		field[i] = (struct span){.at = "", .len = 0};
	return n;
}

static bool read_id(struct span field, uint32_t *id)
{
	uint64_t n;

	if (num_parse(field.at, field.len, ID_MAX, &n) != NUM_OK)
		return false;
	*id = (uint32_t)n;
	return true;
}

static bool has_nul(struct span line)
{
	return memchr(line.at, '\0', line.len) != NULL;
}

static bool is_named(struct span line, struct span name)
{
	return line.len > name.len && line.at[name.len] == ':' && memcmp(line.at, name.at, name.len) == 0;
}

static bool read_passwd_line(struct span line, struct passwd_line *entry)
{
	struct span field[PASSWD_FIELDS];

	if (split(line, field, PASSWD_FIELDS) < LEAST_FIELDS || !read_id(field[UID], &entry->uid) ||
	    !read_id(field[GID], &entry->gid))
		return false;
	entry->name = field[NAME];
	entry->home = field[HOME];
	entry->shell = field[SHELL];
	return true;
}

/* Searches by uid if name.at is NULL. Only a line that matches is searched for NUL bytes. */
static bool find_passwd(struct span file, struct span name, uid_t uid, struct passwd_line *found)
{
	struct span line;
	struct passwd_line entry;

	while (next_line(&file, &line)) {
		if (name.at && !is_named(line, name))
			continue;
		if (!read_passwd_line(line, &entry) || (!name.at && entry.uid != uid) || has_nul(line))
			continue;
		*found = entry;
		return true;
	}
	return false;
}

bool passwd_by_name(struct span file, struct span name, struct passwd_line *found)
{
	return find_passwd(file, name, 0, found);
}

bool passwd_by_uid(struct span file, uid_t uid, struct passwd_line *found)
{
	return find_passwd(file, (struct span){.at = NULL, .len = 0}, uid, found);
}

bool group_by_name(struct span file, struct span name, gid_t *gid)
{
	struct span line, field[GROUP_FIELDS];
	gid_t id;

	while (next_line(&file, &line)) {
		if (!is_named(line, name) || split(line, field, GROUP_FIELDS) < LEAST_FIELDS ||
		    !read_id(field[GROUP_GID], &id) || has_nul(line))
			continue;
		*gid = id;
		return true;
	}
	return false;
}

/* Whether user stands between commas. One search over the whole list: it may have millions of members. */
static bool is_member(struct span members, struct span user)
{
	const char *start = members.at, *end = start + members.len;

	for (const char *at = start; (at = memmem(at, (size_t)(end - at), user.at, user.len)) != NULL; at++)
		if ((at == start || at[-1] == ',') && (at + user.len == end || at[user.len] == ','))
			return true;
	return false;
}

size_t group_memberships_most(struct span file)
{
	/* By the shortest line with a member; the last may lack its newline. */
	return (file.len + 1) / strlen("g::0:u\n");
}

bool group_memberships(struct span file, struct span user, struct gidset *set)
{
	struct span line, field[GROUP_FIELDS];
	gid_t gid;

	/* A name with a comma would match two members in a row. */
	if (memchr(user.at, ',', user.len))
		return true;
	while (next_line(&file, &line)) {
		if (split(line, field, GROUP_FIELDS) < LEAST_FIELDS ||
		    !is_member(field[GROUP_MEMBERS], user) || !read_id(field[GROUP_GID], &gid) ||
		    has_nul(line))
			continue;
		if (!gidset_add(set, gid))
			return false;
	}
	return true;
}
