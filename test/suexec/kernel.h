/*
 * A mock of the kernel's credentials, for a test linked with --wrap for syscall() and prctl(). It logs every
 * call, and implements what a switch needs. A test can make a call fail, or report success without any
 * effect.
 */
#pragma once

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <cmocka.h>

#include <errno.h>
#include <linux/capability.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

/* 32-bit machines have a second, wider set of these. */
#ifdef SYS_setresuid32
#define NUMBER(name) SYS_##name##32
#else
#define NUMBER(name) SYS_##name
#endif

#define BIT(cap) (UINT64_C(1) << (cap))
#define ALL_CAPS ((UINT64_C(1) << 41) - 1)
#define NET      BIT(CAP_NET_BIND_SERVICE)

struct sets {
	uint64_t effective, permitted, inheritable, ambient, bounding;
};

enum { REAL, EFFECTIVE, SAVED };

static struct kernel {
	unsigned uid[3]; /* REAL, EFFECTIVE, SAVED */
	unsigned gid[3];
	gid_t groups[8];
	size_t group_count;
	struct sets caps;
	struct sets stuck; /* these capabilities cannot be removed */
	bool keepcaps;
	bool no_fixup;       /* setresuid() does not change the capabilities: secure bits */
	int hidden_from;     /* the capability from which on sets cannot be read, */
	int hidden_error;    /* and the errno of that */
	bool root_way_back;  /* setuid(0) works */
	const char *ignores; /* this call reports success and does nothing */
	const char *denies;  /* this call fails with EPERM, whatever the capabilities */
	int fail_at;         /* the number of the call that fails, from 1; 0: none */
	int calls;
	char log[4096];
} kernel;

/* Logs the call. Returns true if it must fail, with errno. */
__attribute__((format(printf, 1, 2))) static bool called(const char *format, ...)
{
	size_t len = strlen(kernel.log);
	va_list args;

	va_start(args, format);
	vsnprintf(kernel.log + len, sizeof(kernel.log) - len, format, args);
	va_end(args);
	strncat(kernel.log, "\n", sizeof(kernel.log) - strlen(kernel.log) - 1);
	if (++kernel.calls != kernel.fail_at)
		return false;
	errno = EIO;
	return true;
}

static bool ignored(const char *call)
{
	return kernel.ignores && strcmp(kernel.ignores, call) == 0;
}

static bool denied(const char *call)
{
	return kernel.denies && strcmp(kernel.denies, call) == 0;
}

/* After each change. Nothing is ambient that is not both permitted and inheritable. */
static void settle_caps(void)
{
	kernel.caps.effective |= kernel.stuck.effective;
	kernel.caps.permitted |= kernel.stuck.permitted;
	kernel.caps.inheritable |= kernel.stuck.inheritable;
	kernel.caps.ambient &= kernel.caps.permitted & kernel.caps.inheritable;
	kernel.caps.ambient |= kernel.stuck.ambient;
	kernel.caps.bounding |= kernel.stuck.bounding;
}

static long get_three(va_list args, const unsigned *from)
{
	for (int i = 0; i < 3; i++)
		*va_arg(args, unsigned *) = from[i];
	return 0;
}

static long do_getgroups(va_list args)
{
	size_t room = va_arg(args, size_t);
	gid_t *to = va_arg(args, gid_t *);

	if (room == 0)
		return called("count groups") ? -1 : (long)kernel.group_count;
	if (called("getgroups"))
		return -1;
	if (room < kernel.group_count) {
		errno = EINVAL;
		return -1;
	}
	memcpy(to, kernel.groups, kernel.group_count * sizeof(*to));
	return (long)kernel.group_count;
}

static long do_setgroups(va_list args)
{
	size_t count = va_arg(args, size_t);
	const gid_t *from = va_arg(args, const gid_t *);

	if (called("setgroups %zu", count))
		return -1;
	if (!(kernel.caps.effective & BIT(CAP_SETGID)) || denied("setgroups")) {
		errno = EPERM;
		return -1;
	}
	if (ignored("setgroups"))
		return 0;
	assert_true(count <= sizeof(kernel.groups) / sizeof(kernel.groups[0]));
	memcpy(kernel.groups, from, count * sizeof(*from));
	kernel.group_count = count;
	return 0;
}

static long do_setres(va_list args, const char *call, int cap, unsigned *id)
{
	unsigned r = va_arg(args, unsigned), e = va_arg(args, unsigned), s = va_arg(args, unsigned);

	if (called("%s %u %u %u", call, r, e, s))
		return -1;
	if (!(kernel.caps.effective & BIT(cap)) || denied(call)) {
		errno = EPERM;
		return -1;
	}
	if (ignored(call))
		return 0;
	bool was_root = cap == CAP_SETUID && (id[REAL] == 0 || id[EFFECTIVE] == 0 || id[SAVED] == 0);
	id[REAL] = r;
	id[EFFECTIVE] = e;
	id[SAVED] = s;
	if (was_root && r != 0 && e != 0 && s != 0 && !kernel.no_fixup) {
		kernel.caps.effective = 0;
		kernel.caps.permitted = kernel.keepcaps ? kernel.caps.permitted : 0;
		settle_caps();
	}
	return 0;
}

static long do_capset(va_list args)
{
	(void)va_arg(args, void *);
	const struct __user_cap_data_struct *half = va_arg(args, const struct __user_cap_data_struct *);

	if (called("capset %x %x %x", half[0].effective, half[0].permitted, half[0].inheritable))
		return -1;
	if (ignored("capset"))
		return 0;
	kernel.caps.effective = half[0].effective | (uint64_t)half[1].effective << 32;
	kernel.caps.permitted = half[0].permitted | (uint64_t)half[1].permitted << 32;
	kernel.caps.inheritable = half[0].inheritable | (uint64_t)half[1].inheritable << 32;
	settle_caps();
	return 0;
}

static long do_capget(va_list args)
{
	(void)va_arg(args, void *);
	struct __user_cap_data_struct *half = va_arg(args, struct __user_cap_data_struct *);

	if (called("capget"))
		return -1;
	memset(half, 0, 2 * sizeof(*half));
	half[0].effective = (uint32_t)kernel.caps.effective;
	half[1].effective = (uint32_t)(kernel.caps.effective >> 32);
	half[0].permitted = (uint32_t)kernel.caps.permitted;
	half[1].permitted = (uint32_t)(kernel.caps.permitted >> 32);
	half[0].inheritable = (uint32_t)kernel.caps.inheritable;
	half[1].inheritable = (uint32_t)(kernel.caps.inheritable >> 32);
	return 0;
}

static long do_setuid(va_list args)
{
	unsigned uid = va_arg(args, unsigned);

	if (called("setuid %u", uid))
		return -1;
	if (kernel.root_way_back || (kernel.caps.effective & BIT(CAP_SETUID)))
		return 0;
	errno = EPERM;
	return -1;
}

/* Only the first of a set's 41 calls is logged. */
static int read_capability(const char *call, unsigned long cap, uint64_t set)
{
	if (cap == 0 && called("%s", call))
		return -1;
	errno = kernel.hidden_error;
	if (cap >= (unsigned long)kernel.hidden_from)
		return -1;
	return (set & BIT(cap)) != 0;
}

static int change_capability(const char *call, unsigned long cap, uint64_t *set, uint64_t to)
{
	if (called("%s %lu", call, cap))
		return -1;
	if (!ignored(call))
		*set = to;
	settle_caps();
	return 0;
}

/* The linker chooses these names. NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
long __wrap_syscall(long number, ...);
long __wrap_syscall(long number, ...)
{
	long result = -1;
	va_list args;

	va_start(args, number);
	if (number == NUMBER(getresuid))
		result = called("getresuid") ? -1 : get_three(args, kernel.uid);
	else if (number == NUMBER(getresgid))
		result = called("getresgid") ? -1 : get_three(args, kernel.gid);
	else if (number == NUMBER(getgroups))
		result = do_getgroups(args);
	else if (number == NUMBER(setgroups))
		result = do_setgroups(args);
	else if (number == NUMBER(setresgid))
		result = do_setres(args, "setresgid", CAP_SETGID, kernel.gid);
	else if (number == NUMBER(setresuid))
		result = do_setres(args, "setresuid", CAP_SETUID, kernel.uid);
	else if (number == NUMBER(setuid))
		result = do_setuid(args);
	else if (number == SYS_capset)
		result = do_capset(args);
	else if (number == SYS_capget)
		result = do_capget(args);
	else
		fail_msg("system call %ld", number);
	va_end(args);
	return result;
}

int __wrap_prctl(int option, ...);
int __wrap_prctl(int option, ...)
{
	unsigned long arg, second;
	va_list args;

	va_start(args, option);
	arg = va_arg(args, unsigned long);
	second = va_arg(args, unsigned long);
	va_end(args);
	switch (option) {
	case PR_SET_KEEPCAPS:
		kernel.keepcaps = arg;
		return called("keepcaps %lu", arg) ? -1 : 0;
	case PR_CAPBSET_READ:
		return read_capability("bounding?", arg, kernel.caps.bounding);
	case PR_CAPBSET_DROP:
		return change_capability("bounding", arg, &kernel.caps.bounding,
					 kernel.caps.bounding & ~BIT(arg));
	case PR_CAP_AMBIENT:
		if (arg == PR_CAP_AMBIENT_IS_SET)
			return read_capability("ambient?", second, kernel.caps.ambient);
		assert_int_equal(arg, PR_CAP_AMBIENT_RAISE);
		return change_capability("ambient", second, &kernel.caps.ambient,
					 kernel.caps.ambient | BIT(second));
	default:
		fail_msg("prctl %d", option);
	}
	return -1;
}

/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
