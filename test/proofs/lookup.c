/*
 * property: a spec gives uid 0 only if it says 0, names a user whose line says 0, or is empty and the caller is root;
 *	the same for gid 0; --no-root refuses both; the groups are sorted and have the primary one
 * bound: a spec and one --add-group of 0 to 3 bytes; 2 groups from the file
 * assumes: num_parse() does what its contract says | proof num
 * assumes: lines of passwd and group are found and read right | proofs passwd_line, passwd_file, group_file
 * edit: s/^static bool read_file(/static bool original_read_file(/
 * flags: --unwind 6 --unwindset strlen.0:9 --unsigned-overflow-check
 * mutant: s/half->kind == HALF_ID ? half->id : getuid()/half->id/
 * mutant: s/if (half->kind == HALF_RANGE)/if (0)/
 * mutant: s/st.st_uid == 0 && !wanted->allow_root_owner/0/
 * mutant: s/who->uid == 0 || gidset_has(&who->groups, 0)/who->uid == 0/
 * mutant: s/bool fits = gidset_add(set, who->gid);/bool fits = true;/
 * mutant: s/^	gidset_sort(set);//
 * mutant: s/.gid = getgid()/.gid = 0/
 */
#include "libc.h"
#include "num_contract.h"

#define SORT_MAX 5
#include "sort.h"

#include <sys/stat.h>
#include <unistd.h>

#include "suexec/lookup.h"
#include "suexec/passwd.h"
#include "suexec/userspec.h"

static uid_t caller_uid, owner_uid, entry_uid;
static gid_t caller_gid, owner_gid, entry_gid, named_gid, listed_gid[2];
static bool found_by_name;

static int model_stat(const char *path, struct stat *st)
{
	st->st_uid = owner_uid;
	st->st_gid = owner_gid;
	return nondet_bool() ? 0 : -1;
}
#define stat(path, buf) model_stat(path, buf)
#define getuid()        caller_uid
#define getgid()        caller_gid
#define strerror(error) ""

#include "suexec/gidset.c"
#include "suexec/userspec.c"

struct file;
static bool read_file(const char *path, struct arena *arena, struct file *file, struct error *why);
#include "suexec/lookup.c"

bool error_set(struct error *why, const char *format, ...)
{
	return false;
}

void *arena_take(struct arena *arena, size_t size, struct error *why)
{
	static gid_t room[SORT_MAX];

	PROVE(size <= sizeof(room), "room for the groups");
	return nondet_bool() ? room : NULL;
}

static bool read_file(const char *path, struct arena *arena, struct file *file, struct error *why)
{
	file->path = path;
	file->bytes = span_of("");
	return nondet_bool();
}

static bool find_entry(struct passwd_line *found)
{
	found->uid = entry_uid;
	found->gid = entry_gid;
	found->name = span_of("x");
	found->home = found->shell = span_of("");
	return nondet_bool();
}

bool passwd_by_name(struct span file, struct span name, struct passwd_line *found)
{
	found_by_name = true;
	PROVE(name.len > 0, "a name is not empty");
	return find_entry(found);
}

bool passwd_by_uid(struct span file, uid_t uid, struct passwd_line *found)
{
	const bool is_found = find_entry(found);

	found->uid = uid;
	return is_found;
}

bool group_by_name(struct span file, struct span name, gid_t *gid)
{
	PROVE(name.len > 0, "a name is not empty");
	*gid = named_gid;
	return nondet_bool();
}

size_t group_memberships_most(struct span file)
{
	return 2;
}

bool group_memberships(struct span file, struct span user, struct gidset *set)
{
	return gidset_add(set, listed_gid[0]) && gidset_add(set, listed_gid[1]);
}

bool userns_hides(uid_t uid, gid_t gid)
{
	return nondet_bool();
}

/* Whether a half of a spec is a number that says 0. */
static bool says_zero(const char *text, size_t len)
{
	size_t i = len > 0 && text[0] == '+';
	const size_t from = i;

	while (i < len && text[i] == '0')
		i++;
	return i > from && i == len;
}

int main(void)
{
	STRING(spec, 3);
	STRING(extra, 3);
	const bool by_owner = nondet_bool();
	struct wanted wanted = {.spec = by_owner ? NULL : spec,
				.owner_of = "/x",
				.allow_root_owner = nondet_bool(),
				.no_root = nondet_bool(),
				.add_count = nondet_bool(),
				.add_groups = {extra}};
	struct arena arena;
	struct identity who;
	struct error why;
	size_t user_len = 0;

	caller_uid = (uid_t)nondet_uint64();
	caller_gid = (gid_t)nondet_uint64();
	owner_uid = (uid_t)nondet_uint64();
	owner_gid = (gid_t)nondet_uint64();
	entry_uid = (uid_t)nondet_uint64();
	entry_gid = (gid_t)nondet_uint64();
	named_gid = (gid_t)nondet_uint64();
	listed_gid[0] = (gid_t)nondet_uint64();
	listed_gid[1] = (gid_t)nondet_uint64();
	while (spec[user_len] && spec[user_len] != ':')
		user_len++;
	if (!lookup(&wanted, &arena, &who, &why))
		return 0;
	const char *group_of_spec = spec + user_len + (spec[user_len] == ':');
	const size_t group_len = spec_len - (size_t)(group_of_spec - spec);
	if (by_owner)
		PROVE(who.uid == owner_uid && (who.uid != 0 || wanted.allow_root_owner),
		      "the owner, root if allowed");
	else
		PROVE(who.uid != 0 || says_zero(spec, user_len) || (found_by_name && entry_uid == 0) ||
			      (user_len == 0 && caller_uid == 0),
		      "uid 0 where the spec says so");
	if (!by_owner && group_len > 0)
		PROVE(who.gid != 0 || says_zero(group_of_spec, group_len) || named_gid == 0,
		      "gid 0 where the spec says so");
	else if (!by_owner)
		PROVE(who.gid != 0 || entry_gid == 0 || caller_gid == 0,
		      "gid 0 of the user's line or the caller");
	PROVE(gidset_has(&who.groups, who.gid), "the primary group is among the groups");
	for (size_t i = 1; i < who.groups.count; i++)
		PROVE(who.groups.gids[i - 1] < who.groups.gids[i], "sorted");
	PROVE(!wanted.no_root || (who.uid != 0 && !gidset_has(&who.groups, 0)), "--no-root");
	REACH(who.uid == 0 && found_by_name, "root's name");
	REACH(who.uid == 0 && user_len == 3, "000");
	REACH(who.groups.count == 4, "four groups");
	REACH(wanted.no_root && by_owner, "an owner, and no root");
	return 0;
}
