/*
 * See become.h.
 *
 * The order matters:
 *
 *   bounding set          needs CAP_SETPCAP, so before the capabilities go
 *   KEEPCAPS              or setresuid() would empty the permitted set; execve() clears the flag
 *   setgroups, setresgid  need CAP_SETGID, so before setresuid()
 *   setresuid             cannot be undone
 *   capset                nothing is effective any more
 *   verify the ids        now setuid(0) must fail, even if CAP_SETUID is to be kept
 *   capset, ambient       what is to be kept becomes effective
 *   verify the sets       of capabilities
 *
 * The system calls are made directly: a C library's setresuid() also looks for other threads to change.
 */
#include "become.h"

#include <errno.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "suexec/caps.h"
#include "suexec/userns.h"

/* 32-bit architectures may have two of each call; the one without "32" uses 16-bit ids. */
#ifdef SYS_setresuid32
#define ID_CALL(name) SYS_##name##32
#else
#define ID_CALL(name) SYS_##name
#endif

struct ids {
	uid_t ruid, euid, suid;
	gid_t rgid, egid, sgid;
	struct gidset groups;
};

static bool read_ids(struct ids *ids, struct arena *arena, struct error *why)
{
	if (syscall(ID_CALL(getresuid), &ids->ruid, &ids->euid, &ids->suid) < 0 ||
	    syscall(ID_CALL(getresgid), &ids->rgid, &ids->egid, &ids->sgid) < 0)
		return error_set_errno(why, "cannot read the ids");
	long count = syscall(ID_CALL(getgroups), 0, NULL);
	if (count < 0)
		return error_set_errno(why, "getgroups");
	/* Not 0, with which getgroups() only counts. */
	ids->groups.room = count > 0 ? (size_t)count : 1;
	ids->groups.gids = arena_take(arena, ids->groups.room * sizeof(*ids->groups.gids), why);
	if (!ids->groups.gids)
		return false;
	count = syscall(ID_CALL(getgroups), ids->groups.room, ids->groups.gids);
	if (count < 0)
		return error_set_errno(why, "getgroups");
	ids->groups.count = (size_t)count;
	/* The kernel sorts by its own ids, which a user namespace may show in another order. */
	gidset_sort(&ids->groups);
	return true;
}

static bool holds(int cap)
{
	struct caps caps;
	struct error unused;

	return caps_get(&caps, &unused) && (caps.effective & CAPS_BIT(cap));
}

static bool same_ids(const struct ids *ids, const struct identity *who)
{
	return ids->ruid == who->uid && ids->euid == who->uid && ids->suid == who->uid &&
	       ids->rgid == who->gid && ids->egid == who->gid && ids->sgid == who->gid;
}

/*
 * A container that was started as this user cannot switch and need not. Its supplementary groups often lack
 * the primary group. The kernel checks that one anyway, so a caller without CAP_SETGID may run without it.
 */
static bool is_there(const struct ids *now, const struct identity *who)
{
	if (!same_ids(now, who) || !gidset_subset(&now->groups, &who->groups))
		return false;
	return now->groups.count == who->groups.count ||
	       (now->groups.count + 1 == who->groups.count && !gidset_has(&now->groups, who->gid) &&
		!holds(CAP_SETGID));
}

static const char *cap_word(int cap)
{
	return cap == CAP_SETGID ? "CAP_SETGID" : cap == CAP_SETUID ? "CAP_SETUID" : "CAP_SETPCAP";
}

static bool refused(struct error *why, const char *call, int cap)
{
	const char *reason = strerror(errno);

	if (errno == EPERM && !holds(cap))
		return error_set(why, "%s: %s (%s is missing)", call, reason, cap_word(cap));
	if (errno == EINVAL)
		return error_set(why, "%s: %s (an id that this user namespace does not map)", call, reason);
	return error_set(why, "%s: %s", call, reason);
}

/* Sets *groups_left if setgroups() is denied and the caller's groups stay; the user has all of them. */
static bool switch_ids(const struct ids *now, const struct identity *who, bool keep_caps, bool *groups_left,
		       struct error *why)
{
	if (keep_caps && prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) < 0)
		return error_set_errno(why, "PR_SET_KEEPCAPS");
	if (syscall(ID_CALL(setgroups), who->groups.count, who->groups.gids) < 0) {
		const int error = errno;
		const bool denied = error == EPERM && holds(CAP_SETGID) && userns_denies_setgroups();
		errno = error;
		if (!denied)
			return refused(why, "setgroups", CAP_SETGID);
		if (!gidset_subset(&now->groups, &who->groups))
			return error_set(why,
					 "setgroups is denied in this user namespace, and the caller has "
					 "groups that the user does not have");
		*groups_left = true;
	}
	if (syscall(ID_CALL(setresgid), who->gid, who->gid, who->gid) < 0)
		return refused(why, "setresgid", CAP_SETGID);
	if (syscall(ID_CALL(setresuid), who->uid, who->uid, who->uid) < 0)
		return refused(why, "setresuid", CAP_SETUID);
	return true;
}

/*
 * Empties the effective set, and removes all but the kept capabilities from the permitted and inheritable
 * sets. setresuid() has usually emptied two of them, but not if the caller was not root or had set secure
 * bits, and never the inheritable set. The ambient set keeps only what is both permitted and inheritable.
 */
static bool shed_caps(uint64_t kept, struct error *why)
{
	struct caps caps;

	if (!caps_get(&caps, why))
		return false;
	return (!caps.effective && !caps.permitted && !caps.inheritable) || caps_set(0, kept, why);
}

/* Finds what would fail later, before anything is changed. */
static bool check_caps(const struct identity *who, const struct become_caps *wish, struct error *why)
{
	struct caps caps;

	if (!wish->kept)
		return true;
	if (who->uid == 0 && !wish->limit_bounding)
		return error_set(why,
				 "root gets all of the bounding set: --keep-caps requires --drop-bounding");
	if (!caps_get(&caps, why))
		return false;
	uint64_t missing = wish->kept & ~caps.permitted;
	return !missing ||
	       error_set(why, "cannot keep capability '%s': the caller does not have it", caps_name(missing));
}

static bool limit_bounding(uint64_t kept, struct error *why)
{
	uint64_t set;

	if (!caps_get_set(CAPS_BOUNDING, &set, why))
		return false;
	for (unsigned long cap = 0; cap < 64; cap++)
		if ((set & ~kept & CAPS_BIT(cap)) && prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) < 0)
			return refused(why, "cannot limit the bounding set", CAP_SETPCAP);
	return true;
}

/* Reads back what the calls did, although all of them reported success. */
static bool verify_ids(const struct identity *who, bool groups_left, struct arena *arena, struct error *why)
{
	struct ids now;

	if (!read_ids(&now, arena, why))
		return false;
	if (!same_ids(&now, who))
		return error_set(why, "verification failed: the ids are not those asked for");
	if (!gidset_subset(&now.groups, &who->groups) ||
	    (now.groups.count != who->groups.count && !groups_left))
		return error_set(why, "verification failed: the groups are not those asked for");
	if (who->uid != 0 && syscall(ID_CALL(setuid), 0) == 0)
		return error_set(why, "verification failed: setuid(0) still succeeds");
	return true;
}

/* Without --keep-caps root keeps its capabilities, so only its bounding set is verified. */
static bool verify_caps(const struct identity *who, const struct become_caps *wish, struct error *why)
{
	struct caps caps;
	uint64_t set = 0;

	if (wish->limit_bounding && !caps_get_set(CAPS_BOUNDING, &set, why))
		return false;
	if (set & ~wish->kept)
		return error_set(why, "verification failed: the bounding set is not limited");
	if (who->uid == 0 && !wish->kept)
		return true;
	if (!caps_get(&caps, why))
		return false;
	if (caps.effective != wish->kept || caps.permitted != wish->kept || caps.inheritable != wish->kept)
		return error_set(why, "verification failed: the capabilities are not those asked for");
	/* Without --keep-caps nothing is permitted, so nothing can be ambient: that saves 41 calls. */
	if (wish->kept && !caps_get_set(CAPS_AMBIENT, &set, why))
		return false;
	if (wish->kept && set != wish->kept)
		return error_set(why,
				 "verification failed: the ambient capabilities are not those asked for");
	return true;
}

bool become(const struct identity *who, const struct become_caps *wish, struct arena *arena,
	    struct error *why)
{
	struct ids now;
	bool groups_left = false;

	if (!read_ids(&now, arena, why) || !check_caps(who, wish, why))
		return false;
	if (wish->limit_bounding && !limit_bounding(wish->kept, why))
		return false;

	bool there = is_there(&now, who);
	if (!there && !switch_ids(&now, who, wish->kept != 0, &groups_left, why))
		return false;
	if ((who->uid != 0 || wish->kept) && !shed_caps(wish->kept, why))
		return false;
	if (!there && !verify_ids(who, groups_left, arena, why))
		return false;
	if (wish->kept && !(caps_set(wish->kept, wish->kept, why) && caps_raise_ambient(wish->kept, why)))
		return false;
	return verify_caps(who, wish, why);
}
