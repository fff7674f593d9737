/*
 * property: after become() the ids, groups and capabilities are exactly those asked for, whatever call fails, and
 *	whatever call reports success and does nothing
 * bound: any ids; 3 groups before and 3 asked for; 9 capabilities of 10 in place of 41 of 64
 * assumes: the groups are sorted, not empty, and have the primary one | suexec/lookup.c, proof gidset
 * assumes: KEEPCAPS is off at the start | execve(2)
 * assumes: what the kernel reports when asked is true | the kernel
 * flags: --unwind 12 --unwindset strlen.0:20,caps_name.0:12
 * edit: s/cap < 64/cap < 10/
 * mutant: s/^	return verify_caps(who, wish, why);/	return true;/
 * mutant: s/!there && !verify_ids(who, groups_left, arena, why)/0/
 * mutant: s/if (!same_ids(&now, who))/if (0)/
 * mutant: s/(now.groups.count != who->groups.count && !groups_left)/0/
 * mutant: s/ && !gidset_has(&now->groups, who->gid)//
 * mutant: s/if (set & ~wish->kept)/if (0)/
 * mutant: s/if (wish->kept && set != wish->kept)/if (0)/
 * mutant: s/caps.inheritable != wish->kept/0/
 */
#include "credentials.h"

#define SORT_MAX GROUPS_MAX
#include "sort.h"

#include "suexec/gidset.c"
#include "suexec/caps.c"
#include "suexec/become.c"

bool error_set(struct error *why, const char *format, ...)
{
	return false;
}

bool error_set_errno(struct error *why, const char *format, ...)
{
	return false;
}

void *arena_take(struct arena *arena, size_t size, struct error *why)
{
	static gid_t rooms[2][GROUPS_MAX + 1];
	static size_t taken;

	PROVE(size > 0 && size <= sizeof(rooms[0]), "room for the groups");
	if (nondet_bool()) {
		was_refused = true;
		return NULL;
	}
	return rooms[taken++];
}

bool userns_denies_setgroups(void)
{
	return now.denies_setgroups && nondet_bool(); /* false without /proc */
}

static bool is_in(gid_t gid, const gid_t *groups, size_t count)
{
	return model_bsearch(&gid, groups, count) != NULL;
}

int main(void)
{
	struct credentials anything;
	struct identity who;
	struct become_caps wish;
	struct arena arena;
	struct error why;
	gid_t wanted[GROUPS_MAX];
	const size_t wanted_count = nondet_uint64();

	now = anything;
	ASSUME(now.group_count <= GROUPS_MAX && !now.keep_caps);
	ASSUME(!((now.permitted | now.inheritable | now.bounding) & ~CAPS_ALL));
	ASSUME(!(now.effective & ~now.permitted) && !(now.ambient & ~(now.permitted & now.inheritable)));
	ASSUME(now.ruid != -1u && now.euid != -1u && now.suid != -1u);
	ASSUME(now.rgid != -1u && now.egid != -1u && now.sgid != -1u);
	ASSUME(who.uid != -1u && who.gid != -1u && !(wish.kept & ~CAPS_ALL));
	ASSUME(wanted_count >= 1 && wanted_count <= GROUPS_MAX && is_in(who.gid, wanted, wanted_count));
	for (size_t i = 0; i + 1 < GROUPS_MAX; i++)
		ASSUME(i + 1 >= wanted_count || wanted[i] < wanted[i + 1]);
	who.groups = (struct gidset){.gids = wanted, .count = wanted_count, .room = wanted_count};
	const struct credentials before = now;

	if (!become(&who, &wish, &arena, &why))
		return 0;

	PROVE(now.ruid == who.uid && now.euid == who.uid && now.suid == who.uid, "the uids");
	PROVE(now.rgid == who.gid && now.egid == who.gid && now.sgid == who.gid, "the gids");
	bool all = true, all_but_primary = true;
	for (size_t i = 0; i < GROUPS_MAX; i++)
		PROVE(i >= now.group_count || is_in(now.groups[i], wanted, wanted_count), "no other group");
	for (size_t i = 0; i < GROUPS_MAX; i++)
		if (i < wanted_count && !is_in(wanted[i], now.groups, now.group_count)) {
			all = false;
			all_but_primary = all_but_primary && wanted[i] == who.gid;
		}
	const bool was_there = before.ruid == who.uid && before.euid == who.uid && before.suid == who.uid &&
			       before.rgid == who.gid && before.egid == who.gid && before.sgid == who.gid;
	PROVE(all || before.denies_setgroups || (was_there && all_but_primary),
	      "every group, but where setgroups is denied, or the caller was started as the user without it");
	PROVE(who.uid == 0 || HAS(wish.kept, CAP_SETUID) || !HAS(now.effective, CAP_SETUID), "no way back");
	if (who.uid != 0 || wish.kept) {
		PROVE(now.permitted == wish.kept && now.effective == wish.kept, "the capabilities");
		PROVE(now.inheritable == wish.kept && now.ambient == wish.kept,
		      "what execve() leaves of them");
	}
	PROVE(!wish.limit_bounding || !(now.bounding & ~wish.kept), "the bounding set");
	PROVE(!was_refused || before.denies_setgroups, "no refusal was passed over");
	REACH(!was_there && who.uid != 0 && wish.kept && wish.limit_bounding,
	      "switched, with capabilities kept");
	REACH(!was_there && before.denies_setgroups && !all, "setgroups is denied");
	REACH(was_there && !all, "was there, without the primary group");
	REACH(who.uid == 0 && before.ruid != 0, "became root");
	return 0;
}
