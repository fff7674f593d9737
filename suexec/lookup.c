/* See lookup.h. */
#include "lookup.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "suexec/accounts.h"
#include "suexec/textfile.h"
#include "suexec/userspec.h"

/* Words for a half that comes to no id. msg_format() knows no precision, hence the copy; a cut is no harm. */
static bool half_problem(struct problem *why, const char *what, const struct half *half,
			 const struct textfile *file)
{
	char text[256];
	size_t len = half->text.len < sizeof(text) ? half->text.len : sizeof(text) - 1;

	memcpy(text, half->text.at, len);
	text[len] = '\0';
	switch (half->kind) {
	case HALF_RANGE:
		return problem(why, "%s id '%s' is out of range: the highest is %u", what, text, ID_MAX);
	case HALF_EMPTY:
		return problem(why, "empty %s name", what);
	case HALF_ID:
	case HALF_NAME:
		break;
	}
	return problem(why, "unknown %s '%s': %s %s", what, text,
		       file->absent ? "there is no" : "it is no number and not in", file->path);
}

/* group->path is NULL until the file is needed. */
static bool group_file(struct textfile *group, struct problem *why)
{
	return group->path || textfile_read(GROUP_FILE, group, why);
}

static bool find_group(const struct half *half, struct textfile *group, gid_t *gid, struct problem *why)
{
	if (half->kind == HALF_ID) {
		*gid = half->id;
		return true;
	}
	if (half->kind == HALF_NAME) {
		if (!group_file(group, why))
			return false;
		if (group_by_name(group->bytes, half->text, gid))
			return true;
	}
	return half_problem(why, "group", half, group);
}

/* The user by name or uid; *listed says whether passwd knows it, otherwise entry holds the uid alone. */
static bool find_user(const struct half *half, struct passwd_line *entry, bool *listed, struct problem *why)
{
	struct textfile passwd;

	if (half->kind == HALF_RANGE)
		return half_problem(why, "user", half, NULL);
	if (!textfile_read(PASSWD_FILE, &passwd, why))
		return false;
	if (half->kind == HALF_NAME) {
		*listed = passwd_by_name(passwd.bytes, half->text, entry);
		return *listed || half_problem(why, "user", half, &passwd);
	}
	*entry = (struct passwd_line){.uid = half->kind == HALF_ID ? half->id : getuid()};
	*listed = passwd_by_uid(passwd.bytes, entry->uid, entry);
	return true;
}

static bool too_many(struct problem *why)
{
	return problem(why, "more than %d groups", GIDSET_MAX);
}

static bool owner_halves(const struct wanted *wanted, struct userspec *spec, struct problem *why)
{
	struct stat st;

	if (stat(wanted->owner_of, &st) < 0)
		return problem(why, "cannot look at '%s': %s", wanted->owner_of, strerror(errno));
	if (st.st_uid == 0 && !wanted->allow_root_owner)
		return problem(why, "'%s' belongs to root, which takes --allow-root", wanted->owner_of);
	spec->user = (struct half){.kind = HALF_ID, .id = st.st_uid};
	spec->group = (struct half){.kind = HALF_ID, .id = st.st_gid};
	return true;
}

static bool add_groups(const struct wanted *wanted, struct textfile *group, struct gidset *set,
		       struct problem *why)
{
	gid_t gid;

	for (size_t i = 0; i < wanted->add_count; i++) {
		struct half half = userspec_half(span_of(wanted->add_groups[i]));
		if (!find_group(&half, group, &gid, why))
			return false;
		if (!gidset_add(set, gid))
			return too_many(why);
	}
	return true;
}

static bool check_no_root(const struct identity *who, struct problem *why)
{
	if (who->uid == 0)
		return problem(why, "the user is root, which --no-root refuses");
	if (who->gid == 0 || gidset_has(&who->groups, 0))
		return problem(why, "group 0 is among the groups, which --no-root refuses");
	return true;
}

bool lookup(const struct wanted *wanted, struct identity *who, struct problem *why)
{
	struct userspec spec;
	struct textfile group = {.path = NULL};
	struct passwd_line entry;
	bool listed = false;

	if (wanted->spec && !userspec_parse(wanted->spec, &spec))
		return problem(why, "malformed user spec '%s': more than one ':'", wanted->spec);
	if (!wanted->spec && !owner_halves(wanted, &spec, why))
		return false;
	if (!find_user(&spec.user, &entry, &listed, why))
		return false;

	who->uid = entry.uid;
	who->gid = listed ? entry.gid : getgid();
	if (spec.group.kind != HALF_EMPTY && !find_group(&spec.group, &group, &who->gid, why))
		return false;
	who->name = entry.name;
	who->home = entry.home.len > 0 ? entry.home : span_of("/");
	who->shell = entry.shell;

	/* An explicit group stands alone; the groups of the user come with the user, or with the owner of a
	 * path. */
	bool with_groups = listed && (spec.group.kind == HALF_EMPTY || !wanted->spec);
	if (with_groups && !group_file(&group, why))
		return false;
	if (!gidset_add(&who->groups, who->gid) ||
	    (with_groups && !(gidset_add(&who->groups, entry.gid) &&
			      group_memberships(group.bytes, entry.name, &who->groups))))
		return too_many(why);
	if (!add_groups(wanted, &group, &who->groups, why))
		return false;
	gidset_sort(&who->groups);
	return !wanted->no_root || check_no_root(who, why);
}
