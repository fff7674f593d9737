#include "passwd.h"

#include "common/num.h"
#include "suexec/userspec.h"

/* In a line of group the list of members is where a line of passwd has the gid. */
enum { NAME, PASSWORD, ID, GID, COMMENT, HOME, SHELL, FIELDS, MEMBERS = GID, LEAST_FIELDS = 4 };

/* Takes the piece before the next separator from rest; with the last piece rest->at becomes NULL. */
static struct span cut(struct span *rest, char separator)
{
	const char *end = memchr(rest->at, separator, rest->len);
	struct span piece = {.at = rest->at, .len = end ? (size_t)(end - rest->at) : rest->len};

	rest->at = end ? end + 1 : NULL;
	rest->len -= piece.len + (end != NULL);
	return piece;
}

static bool same(struct span a, struct span b)
{
	return a.len == b.len && memcmp(a.at, b.at, a.len) == 0;
}

static bool read_id(struct span field, uint32_t *id)
{
	uint64_t n;

	if (num_parse(field.at, field.len, ID_MAX, &n) != NUM_OK)
		return false;
	*id = (uint32_t)n;
	return true;
}

/* Splits a line; missing fields are empty. Returns false if the line is malformed for either file. */
static bool read_line(struct span line, struct span *field, uint32_t *id)
{
	if (memchr(line.at, '\0', line.len))
		return false;
	if (line.len > 0 && line.at[line.len - 1] == '\r')
		line.len--;
	while (line.len > 0 && (line.at[0] == ' ' || line.at[0] == '\t')) {
		line.at++;
		line.len--;
	}
	if (line.len == 0 || strchr("#+-:", line.at[0]))
		return false;
	for (size_t i = 0; i < FIELDS; i++) {
		if (!line.at && i < LEAST_FIELDS)
			return false;
		field[i] = line.at ? cut(&line, ':') : (struct span){.at = "", .len = 0};
	}
	return read_id(field[ID], id);
}

/* Reads the next well-formed line; false at the end of the file. */
static bool next_line(struct span *rest, struct span *field, uint32_t *id)
{
	while (rest->at && rest->len > 0)
		if (read_line(cut(rest, '\n'), field, id))
			return true;
	return false;
}

/* Reads the next well-formed line of passwd; false at the end of the file. */
static bool next_passwd(struct span *rest, struct passwd_line *entry)
{
	struct span field[FIELDS];

	while (next_line(rest, field, &entry->uid)) {
		entry->name = field[NAME];
		entry->home = field[HOME];
		entry->shell = field[SHELL];
		if (read_id(field[GID], &entry->gid))
			return true;
	}
	return false;
}

bool passwd_by_name(struct span file, struct span name, struct passwd_line *found)
{
	while (next_passwd(&file, found))
		if (same(found->name, name))
			return true;
	return false;
}

bool passwd_by_uid(struct span file, uid_t uid, struct passwd_line *found)
{
	while (next_passwd(&file, found))
		if (found->uid == uid)
			return true;
	return false;
}

bool group_by_name(struct span file, struct span name, gid_t *gid)
{
	struct span field[FIELDS];

	while (next_line(&file, field, gid))
		if (same(field[NAME], name))
			return true;
	return false;
}

static bool is_member(struct span members, struct span user)
{
	while (members.at)
		if (same(cut(&members, ','), user))
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
	struct span field[FIELDS];
	gid_t gid;

	while (next_line(&file, field, &gid))
		if (is_member(field[MEMBERS], user) && !gidset_add(set, gid))
			return false;
	return true;
}
