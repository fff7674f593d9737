/*
 * A process's credentials as Linux changes them: credentials(7), capabilities(7), user_namespaces(7).
 *
 * Every call may fail, for any reason. A call that changes something may also report success and do nothing, as
 * a filter of system calls can make it. What is read back is the truth.
 */
#pragma once

#include <errno.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "proof.h"

#define GROUPS_MAX    3
#define CAPS_KNOWN    9 /* with CAP_SETGID, CAP_SETUID and CAP_SETPCAP */
#define CAPS_ALL      ((UINT64_C(1) << CAPS_KNOWN) - 1)
#define HAS(set, cap) ((set) >> (cap)&1)

struct credentials {
	uid_t ruid, euid, suid;
	gid_t rgid, egid, sgid, groups[GROUPS_MAX];
	unsigned long group_count;
	uint64_t effective, permitted, inheritable, ambient, bounding;
	bool keep_caps;
	bool no_setuid_fixup;  /* a secure bit */
	bool denies_setgroups; /* the user namespace does */
};

static struct credentials now;
static bool was_refused; /* a call failed that was to change or to read something */

static long fail(int error)
{
	errno = error;
	return -1;
}

static long refuse(int error)
{
	was_refused = true;
	return fail(error);
}

static long refuse_somehow(void)
{
	const int error = nondet_int();

	ASSUME(error > 0 && error < 134);
	return refuse(error);
}

static bool one_is_root(void)
{
	return now.ruid == 0 || now.euid == 0 || now.suid == 0;
}

static void set_uids(uid_t ruid, uid_t euid, uid_t suid)
{
	const bool was_root = one_is_root(), was_effective = now.euid == 0;

	now.ruid = ruid;
	now.euid = euid;
	now.suid = suid;
	if (now.no_setuid_fixup)
		return;
	if (was_root && !one_is_root()) {
		now.ambient = 0;
		if (!now.keep_caps)
			now.permitted = now.effective = 0;
	}
	if (was_effective && euid != 0)
		now.effective = 0;
	if (!was_effective && euid == 0)
		now.effective = now.permitted;
}

static bool is_own_uid(uid_t uid)
{
	return uid == now.ruid || uid == now.euid || uid == now.suid;
}

static bool is_own_gid(gid_t gid)
{
	return gid == now.rgid || gid == now.egid || gid == now.sgid;
}

static long set_groups(unsigned long count, const gid_t *groups)
{
	if (!HAS(now.effective, CAP_SETGID) || now.denies_setgroups)
		return refuse(EPERM);
	if (nondet_bool())
		return 0;
	PROVE(count <= GROUPS_MAX, "setgroups: no more groups than were asked for");
	for (unsigned long i = 0; i < GROUPS_MAX; i++)
		if (i < count)
			now.groups[i] = groups[i];
	now.group_count = count;
	return 0;
}

static long get_groups(unsigned long room, gid_t *groups)
{
	if (room == 0)
		return (long)now.group_count;
	if (room < now.group_count)
		return refuse(EINVAL);
	for (unsigned long i = 0; i < GROUPS_MAX; i++)
		if (i < now.group_count)
			groups[i] = now.groups[i];
	return (long)now.group_count;
}

static long cap_set(const struct __user_cap_data_struct *half)
{
	const uint64_t effective = half[0].effective | (uint64_t)half[1].effective << 32;
	const uint64_t permitted = half[0].permitted | (uint64_t)half[1].permitted << 32;
	const uint64_t inheritable = half[0].inheritable | (uint64_t)half[1].inheritable << 32;

	if ((!HAS(now.effective, CAP_SETPCAP) && (inheritable & ~(now.inheritable | now.permitted))) ||
	    (inheritable & ~(now.inheritable | now.bounding)) || (permitted & ~now.permitted) ||
	    (effective & ~permitted))
		return refuse(EPERM);
	if (nondet_bool())
		return 0;
	now.effective = effective;
	now.permitted = permitted;
	now.inheritable = inheritable;
	now.ambient &= permitted & inheritable;
	return 0;
}

static long cap_get(struct __user_cap_data_struct *half)
{
	half[0].effective = (uint32_t)now.effective;
	half[0].permitted = (uint32_t)now.permitted;
	half[0].inheritable = (uint32_t)now.inheritable;
	half[1].effective = (uint32_t)(now.effective >> 32);
	half[1].permitted = (uint32_t)(now.permitted >> 32);
	half[1].inheritable = (uint32_t)(now.inheritable >> 32);
	return 0;
}

static long model_syscall(long number, long a, long b, long c)
{
	/* The probe for a way back must fail, and capget() also finds words for an error: no failure of become(). */
	if (number != SYS_setuid && number != SYS_capget && nondet_bool())
		return refuse_somehow();
	switch (number) {
	case SYS_getresuid:
		*(uid_t *)a = now.ruid;
		*(uid_t *)b = now.euid;
		*(uid_t *)c = now.suid;
		return 0;
	case SYS_getresgid:
		*(gid_t *)a = now.rgid;
		*(gid_t *)b = now.egid;
		*(gid_t *)c = now.sgid;
		return 0;
	case SYS_getgroups:
		return get_groups((unsigned long)a, (gid_t *)b);
	case SYS_setgroups:
		return set_groups((unsigned long)a, (const gid_t *)b);
	case SYS_setresgid:
		if (!HAS(now.effective, CAP_SETGID) &&
		    !(is_own_gid((gid_t)a) && is_own_gid((gid_t)b) && is_own_gid((gid_t)c)))
			return refuse(EPERM);
		if (nondet_bool())
			return 0;
		now.rgid = (gid_t)a;
		now.egid = (gid_t)b;
		now.sgid = (gid_t)c;
		return 0;
	case SYS_setresuid:
		if (!HAS(now.effective, CAP_SETUID) &&
		    !(is_own_uid((uid_t)a) && is_own_uid((uid_t)b) && is_own_uid((uid_t)c)))
			return refuse(EPERM);
		if (nondet_bool())
			return 0;
		set_uids((uid_t)a, (uid_t)b, (uid_t)c);
		return 0;
	case SYS_setuid:
		PROVE(a == 0, "setuid() only probes for a way back");
		if (HAS(now.effective, CAP_SETUID))
			set_uids(0, 0, 0);
		else if (now.ruid == 0 || now.suid == 0)
			set_uids(now.ruid, 0, now.suid);
		else
			return fail(EPERM);
		return 0;
	case SYS_capget:
		return nondet_bool() ? fail(nondet_int()) : cap_get((void *)b);
	case SYS_capset:
		return cap_set((const void *)b);
	}
	PROVE(false, "no other system call");
	return -1;
}

static int model_prctl(int operation, unsigned long a, unsigned long b)
{
	const bool reads =
		operation == PR_CAPBSET_READ || (operation == PR_CAP_AMBIENT && a == PR_CAP_AMBIENT_IS_SET);
	const unsigned long cap = operation == PR_CAP_AMBIENT ? b : a;

	if (reads && cap >= CAPS_KNOWN)
		return (int)fail(EINVAL);
	if (nondet_bool()) {
		refuse_somehow();
		ASSUME(!reads || errno != EINVAL); /* that is how the last capability is found */
		return -1;
	}
	if (reads)
		return HAS(operation == PR_CAP_AMBIENT ? now.ambient : now.bounding, cap);
	switch (operation) {
	case PR_SET_KEEPCAPS:
		now.keep_caps = a != 0;
		return 0;
	case PR_CAPBSET_DROP:
		if (!HAS(now.effective, CAP_SETPCAP))
			return (int)refuse(EPERM);
		if (!nondet_bool())
			now.bounding &= ~(UINT64_C(1) << cap);
		return 0;
	case PR_CAP_AMBIENT:
		PROVE(a == PR_CAP_AMBIENT_RAISE, "ambient capabilities are raised, nothing else");
		if (!HAS(now.permitted & now.inheritable, cap))
			return (int)refuse(EPERM);
		if (!nondet_bool())
			now.ambient |= UINT64_C(1) << cap;
		return 0;
	}
	PROVE(false, "no other prctl");
	return -1;
}

#define FIRST4(n, a, b, c, ...) model_syscall(n, (long)(a), (long)(b), (long)(c))
#define syscall(...)            FIRST4(__VA_ARGS__, 0, 0, 0, 0)
#define FIRST3(o, a, b, ...)    model_prctl(o, (unsigned long)(a), (unsigned long)(b))
#define prctl(...)              FIRST3(__VA_ARGS__, 0, 0)
