/*
 * become.c against a kernel that only writes down what it is asked: linked with --wrap for syscall() and
 * prctl().
 *
 * The order of the calls is compared as a whole, so that no two can change places; every call is made to fail
 * once, and a kernel that says yes and does nothing must be found out.
 */
#include "suexec/become.h"

#include <errno.h>
#include <linux/capability.h>
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <cmocka.h>

#include "suexec/caps.h"

/* 32-bit machines have a second, wider set of these. */
#ifdef SYS_setresuid32
#define NUMBER(name) SYS_##name##32
#else
#define NUMBER(name) SYS_##name
#endif

#define BIT(cap) (UINT64_C(1) << (cap))
#define ALL_CAPS ((UINT64_C(1) << 41) - 1)
#define NET      BIT(CAP_NET_BIND_SERVICE)

static struct kernel {
	uid_t ruid, euid, suid;
	gid_t rgid, egid, sgid;
	gid_t groups[8];
	size_t group_count;
	uint64_t effective, permitted, inheritable, bounding;
	bool keepcaps;
	bool no_fixup;       /* setresuid() leaves the capabilities alone: secure bits */
	bool root_way_back;  /* setuid(0) works */
	const char *ignores; /* says yes to this call and does nothing */
	int fail_at;         /* the number of the call that fails, from 1; 0: none */
	int calls;
	char log[4096];
} kernel;

/* Writes the call down; true where it is to fail. */
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
	if (!(kernel.effective & BIT(CAP_SETGID))) {
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
	if (!(kernel.effective & BIT(cap))) {
		errno = EPERM;
		return -1;
	}
	if (ignored(call))
		return 0;
	bool was_root = cap == CAP_SETUID && (id[0] == 0 || id[1] == 0 || id[2] == 0);
	id[0] = r;
	id[1] = e;
	id[2] = s;
	if (was_root && r != 0 && e != 0 && s != 0 && !kernel.no_fixup) {
		kernel.effective = 0;
		kernel.permitted = kernel.keepcaps ? kernel.permitted : 0;
	}
	return 0;
}

static long do_capset(va_list args)
{
	(void)va_arg(args, void *);
	const struct __user_cap_data_struct *half = va_arg(args, const struct __user_cap_data_struct *);

	if (called("capset %x %x %x", half[0].effective, half[0].permitted, half[0].inheritable))
		return -1;
	kernel.effective = half[0].effective | (uint64_t)half[1].effective << 32;
	kernel.permitted = half[0].permitted | (uint64_t)half[1].permitted << 32;
	kernel.inheritable = half[0].inheritable | (uint64_t)half[1].inheritable << 32;
	return 0;
}

static long do_capget(va_list args)
{
	(void)va_arg(args, void *);
	struct __user_cap_data_struct *half = va_arg(args, struct __user_cap_data_struct *);

	if (called("capget"))
		return -1;
	memset(half, 0, 2 * sizeof(*half));
	half[0].effective = (uint32_t)kernel.effective;
	half[1].effective = (uint32_t)(kernel.effective >> 32);
	half[0].permitted = (uint32_t)kernel.permitted;
	half[1].permitted = (uint32_t)(kernel.permitted >> 32);
	half[0].inheritable = (uint32_t)kernel.inheritable;
	half[1].inheritable = (uint32_t)(kernel.inheritable >> 32);
	return 0;
}

static long do_setuid(va_list args)
{
	unsigned uid = va_arg(args, unsigned);

	if (called("setuid %u", uid))
		return -1;
	if (kernel.root_way_back || (kernel.effective & BIT(CAP_SETUID)))
		return 0;
	errno = EPERM;
	return -1;
}

/* The linker chooses these names. NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
long __wrap_syscall(long number, ...);
long __wrap_syscall(long number, ...)
{
	long result = -1;
	va_list args;

	va_start(args, number);
	if (number == NUMBER(getresuid))
		result = called("getresuid") ? -1 : get_three(args, &kernel.ruid);
	else if (number == NUMBER(getresgid))
		result = called("getresgid") ? -1 : get_three(args, &kernel.rgid);
	else if (number == NUMBER(getgroups))
		result = do_getgroups(args);
	else if (number == NUMBER(setgroups))
		result = do_setgroups(args);
	else if (number == NUMBER(setresgid))
		result = do_setres(args, "setresgid", CAP_SETGID, &kernel.rgid);
	else if (number == NUMBER(setresuid))
		result = do_setres(args, "setresuid", CAP_SETUID, &kernel.ruid);
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
		errno = EINVAL;
		return arg > 40 ? -1 : (kernel.bounding & BIT(arg)) != 0;
	case PR_CAPBSET_DROP:
		if (called("bounding %lu", arg))
			return -1;
		kernel.bounding &= ~BIT(arg);
		return 0;
	case PR_CAP_AMBIENT:
		assert_int_equal(arg, PR_CAP_AMBIENT_RAISE);
		return called("ambient %lu", second) ? -1 : 0;
	default:
		fail_msg("prctl %d", option);
	}
	return -1;
}

/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */

/* The wanted identity: 1000:1000 with 50 and 1000. */
static gid_t wanted_gids[] = {50, 1000};
static const struct identity alice = {
	.uid = 1000, .gid = 1000, .groups = {.gids = wanted_gids, .count = 2, .room = 2, .sorted = true}};

static const struct become_caps plain = {.keep = false};
static const struct become_caps all_options = {.keep = true, .mask = NET, .limit_bounding = true};

/* As root in group 0, with three capabilities in the bounding set. */
static void boot(void)
{
	kernel = (struct kernel){.group_count = 1,
				 .effective = ALL_CAPS,
				 .permitted = ALL_CAPS,
				 .bounding = NET | BIT(CAP_CHOWN) | BIT(40)};
}

/* As 1000:1000 without capabilities, with the first so many of the groups 50 and 1000. */
static void boot_as_alice(size_t groups)
{
	boot();
	kernel.ruid = kernel.euid = kernel.suid = kernel.rgid = kernel.egid = kernel.sgid = 1000;
	memcpy(kernel.groups, wanted_gids, sizeof(wanted_gids));
	kernel.group_count = groups;
	kernel.effective = kernel.permitted = 0;
}

static bool run(const struct identity *who, const struct become_caps *caps, struct problem *why)
{
	alignas(max_align_t) char block[1024];
	struct arena arena = {.at = block, .left = sizeof(block)};

	why->text[0] = '\0';
	return become(who, caps, &arena, why);
}

#define LOOK   "getresuid\ngetresgid\ngetgroups\n"
#define SWITCH "setgroups 2\nsetresgid 1000 1000 1000\nsetresuid 1000 1000 1000\n"
#define PLAIN  "count groups\n" LOOK SWITCH "capget\n" LOOK "setuid 0\n"
#define ALL_OPTIONS                                                                                          \
	"count groups\n" LOOK "capget\nbounding 0\nbounding 40\nkeepcaps 1\n" SWITCH "keepcaps 0\ncapget\n"  \
	"capset 0 400 400\n" LOOK "setuid 0\ncapset 400 400 400\nambient 10\n"

static void test_the_order(void **state)
{
	(void)state;
	struct problem why;

	boot();
	assert_true(run(&alice, &plain, &why));
	assert_string_equal(kernel.log, PLAIN);
	boot();
	assert_true(run(&alice, &all_options, &why));
	assert_string_equal(kernel.log, ALL_OPTIONS);
}

static void test_root_keeps_its_capabilities(void **state)
{
	(void)state;
	gid_t gids[] = {0, 50};
	struct identity root = {.groups = {.gids = gids, .count = 2, .room = 2, .sorted = true}};
	struct problem why;

	boot();
	assert_true(run(&root, &plain, &why));
	assert_string_equal(kernel.log,
			    "count groups\n" LOOK "setgroups 2\nsetresgid 0 0 0\nsetresuid 0 0 0\n" LOOK);
}

/* No failure is passed over, and nothing is called after it. Only setuid(0) has to fail. */
static void each_failure(const struct become_caps *caps, const char *log)
{
	int call = 0;

	for (const char *line = log; *line; line = strchr(line, '\n') + 1) {
		struct problem why;
		boot();
		kernel.fail_at = ++call;
		bool done = run(&alice, caps, &why);
		if (strncmp(line, "setuid 0\n", strlen("setuid 0\n")) == 0) {
			assert_true(done);
			assert_string_equal(kernel.log, log);
			continue;
		}
		if (done || kernel.calls != call)
			fail_msg("went on after call %d failed:\n%s", call, kernel.log);
		assert_non_null(strstr(why.text, "Input/output error"));
	}
}

static void test_each_failure_ends_it(void **state)
{
	(void)state;
	each_failure(&plain, PLAIN);
	each_failure(&all_options, ALL_OPTIONS);
}

static void test_a_kernel_that_does_nothing(void **state)
{
	(void)state;
	static const char *const calls[] = {"setgroups", "setresgid", "setresuid"};
	struct problem why;

	for (size_t i = 0; i < 3; i++) {
		boot();
		kernel.ignores = calls[i];
		assert_false(run(&alice, &plain, &why));
		assert_non_null(strstr(why.text, "verification failed"));
	}
	/* Groups that are all wanted, but not all that are. */
	boot();
	kernel.groups[0] = 50;
	kernel.ignores = "setgroups";
	assert_false(run(&alice, &plain, &why));
	assert_non_null(strstr(why.text, "verification failed"));
}

/* Each of the three ids of either kind is looked at: one that is not 1000 is enough. */
static void test_each_id_is_verified(void **state)
{
	(void)state;
	struct problem why;

	for (int i = 0; i < 6; i++) {
		boot_as_alice(2);
		kernel.effective = kernel.permitted = ALL_CAPS;
		(i < 3 ? &kernel.ruid : &kernel.rgid)[i % 3] = 0;
		kernel.ignores = i < 3 ? "setresuid" : "setresgid";
		assert_false(run(&alice, &plain, &why));
		assert_non_null(strstr(kernel.log, "setresuid"));
		assert_non_null(strstr(why.text, "verification failed"));
	}
}

static void test_a_way_back_is_found(void **state)
{
	(void)state;
	struct problem why;

	boot();
	kernel.root_way_back = true;
	assert_false(run(&alice, &plain, &why));
	assert_non_null(strstr(why.text, "way back"));
}

/* Capabilities that the switch has left behind, of each set. */
static void test_left_capabilities_go(void **state)
{
	(void)state;
	struct problem why;

	boot();
	kernel.no_fixup = true;
	assert_true(run(&alice, &plain, &why));
	assert_string_equal(kernel.log,
			    "count groups\n" LOOK SWITCH "capget\ncapset 0 0 0\n" LOOK "setuid 0\n");
	for (int i = 0; i < 3; i++) {
		boot_as_alice(2);
		(&kernel.effective)[i] = BIT(CAP_SETUID);
		assert_true(run(&alice, &plain, &why));
		assert_string_equal(kernel.log, "count groups\n" LOOK "capget\ncapset 0 0 0\n");
		/* And where that fails, so does the whole. */
		boot_as_alice(2);
		(&kernel.effective)[i] = BIT(40);
		kernel.fail_at = 6;
		assert_false(run(&alice, &plain, &why));
	}
}

/* As alice already, with her groups or all but the primary one: nothing is called. */
static void test_already_there(void **state)
{
	(void)state;
	struct problem why;

	boot_as_alice(2);
	assert_true(run(&alice, &plain, &why));
	assert_string_equal(kernel.log, "count groups\n" LOOK "capget\n");
	boot_as_alice(1);
	assert_true(run(&alice, &plain, &why));
	assert_string_equal(kernel.log, "count groups\n" LOOK "capget\ncapget\n");
	/* Who may set groups does so. */
	boot_as_alice(1);
	kernel.effective = kernel.permitted = BIT(CAP_SETGID) | BIT(CAP_SETUID);
	assert_true(run(&alice, &plain, &why));
	assert_int_equal(kernel.group_count, 2);
	assert_int_equal(kernel.permitted, 0);
}

static void test_almost_there_is_not_there(void **state)
{
	(void)state;
	static const gid_t sets[][3] = {{50, 1000, 1001}, {50, 1001}, {1000}, {1000, 1001}, {0}};
	static const size_t counts[] = {3, 2, 1, 2, 0};
	struct problem why;

	for (size_t i = 0; i < 5; i++) {
		boot_as_alice(counts[i]);
		memcpy(kernel.groups, sets[i], sizeof(sets[i]));
		assert_false(run(&alice, &plain, &why));
		assert_non_null(strstr(why.text, "CAP_SETGID is missing"));
	}
}

static void test_missing_capabilities_are_named(void **state)
{
	(void)state;
	struct problem why;

	boot();
	kernel.effective &= ~BIT(CAP_SETGID);
	assert_false(run(&alice, &plain, &why));
	assert_string_equal(why.text, "setgroups: Operation not permitted (CAP_SETGID is missing)");
	boot();
	kernel.effective &= ~BIT(CAP_SETUID);
	assert_false(run(&alice, &plain, &why));
	assert_string_equal(why.text, "setresuid: Operation not permitted (CAP_SETUID is missing)");
	boot();
	kernel.permitted &= ~NET;
	assert_false(run(&alice, &all_options, &why));
	assert_non_null(strstr(why.text, "net_bind_service"));
	assert_null(strstr(kernel.log, "set"));
}

/* setuid(0) is tried while nothing is effective, also where CAP_SETUID is to be kept. */
static void test_setuid_itself_may_be_kept(void **state)
{
	(void)state;
	struct become_caps caps = {.keep = true, .mask = BIT(CAP_SETUID)};
	struct problem why;

	boot();
	assert_true(run(&alice, &caps, &why));
	assert_int_equal(kernel.effective, BIT(CAP_SETUID));
	assert_int_equal(kernel.ruid, 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_order),
		cmocka_unit_test(test_root_keeps_its_capabilities),
		cmocka_unit_test(test_each_failure_ends_it),
		cmocka_unit_test(test_a_kernel_that_does_nothing),
		cmocka_unit_test(test_each_id_is_verified),
		cmocka_unit_test(test_a_way_back_is_found),
		cmocka_unit_test(test_left_capabilities_go),
		cmocka_unit_test(test_already_there),
		cmocka_unit_test(test_almost_there_is_not_there),
		cmocka_unit_test(test_missing_capabilities_are_named),
		cmocka_unit_test(test_setuid_itself_may_be_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
