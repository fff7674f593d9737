/*
 * property: a user is in the groups that list the name, and in no others; there are never more than there is room for
 * bound: a file of 0 to 13 bytes with 2 lines; a list of members of 0 to 5 bytes, a name of 1 byte
 * assumes: num_parse() does what its contract says | proof num
 * assumes: a line is read as proof passwd_line has it | proof passwd_line
 * edit: s/^static bool read_line(/static bool original(/
 * edit: s/^static bool is_member(/static bool original_is_member(/
 * flags: --unwind 15 --unwindset next_line.0:3,group_memberships.0:3 --unsigned-overflow-check
 * mutant: s/return (file.len + 1)/return file.len/
 * mutant: s/is_member(field\[MEMBERS\], user) \&\& !gidset_add(set, gid)/!(gidset_add(set, gid) \&\& gidset_add(set, gid))/
 * mutant: s/return a.len == b.len && /return /
 */
#include "libc.h"
#include "num_contract.h"

#include "suexec/passwd.h"
#include "read_line.h"

/* Proven below of the original. */
static bool is_member(struct span members, struct span user)
{
	return members.len >= user.len && nondet_bool();
}

#include "suexec/passwd.c"

static size_t added;

bool gidset_add(struct gidset *set, gid_t gid)
{
	PROVE(gid <= ID_MAX, "never (gid_t)-1");
	added++;
	return true;
}

static void check_members(void)
{
	BYTES(members, 5);
	char name[1];
	bool listed = false;

	ASSUME(name[0] != ',');
	for (size_t i = 0; i < members_len; i++)
		listed = listed || (members[i] == name[0] && (i == 0 || members[i - 1] == ',') &&
				    (i + 1 == members_len || members[i + 1] == ','));
	const bool is_one = original_is_member((struct span){members, members_len}, (struct span){name, 1});
	PROVE(is_one == listed, "exactly the names in the list");
	REACH(is_one && members_len == 5, "one of several");
}

static void check_room(void)
{
	BYTES(file, 13);
	struct gidset set;
	size_t newlines = 0;

	for (size_t i = 0; i < file_len; i++)
		newlines += file[i] == '\n';
	ASSUME(newlines < 2);
	group_memberships((struct span){file, file_len}, (struct span){"x", 1}, &set);
	PROVE(added <= group_memberships_most((struct span){file, file_len}), "room for all");
	REACH(added == 2, "a member of two");
}

int main(void)
{
	check_members();
	check_room();
	return 0;
}
