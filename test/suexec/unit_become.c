/*
 * become.c against a mock of the kernel.
 *
 * The whole order of the calls is compared, every call is made to fail once, and become() must notice a call
 * that reports success without any effect.
 */
#include "suexec/become.h"

#include "test/suexec/kernel.h"

#include <stdalign.h>

/* The identity to switch to: 1000:1000 with the groups 50 and 1000. */
static gid_t wanted_gids[] = {50, 1000};
static const struct identity alice = {
	.uid = 1000, .gid = 1000, .groups = {.gids = wanted_gids, .count = 2, .room = 2}};

static const struct become_caps plain = {.kept = 0};
static const struct become_caps all_options = {.kept = NET, .limit_bounding = true};

/* As root in group 0, with three capabilities in the bounding set. */
static void boot(void)
{
	kernel = (struct kernel){.group_count = 1,
				 .hidden_from = 41,
				 .hidden_error = EINVAL,
				 .caps = {.effective = ALL_CAPS,
					  .permitted = ALL_CAPS,
					  .bounding = NET | BIT(CAP_CHOWN) | BIT(40)}};
}

/* As 1000:1000 without capabilities, with the first so many of the groups 50 and 1000. */
static void boot_as_alice(size_t groups)
{
	boot();
	for (int i = REAL; i <= SAVED; i++)
		kernel.uid[i] = kernel.gid[i] = 1000;
	memcpy(kernel.groups, wanted_gids, sizeof(wanted_gids));
	kernel.group_count = groups;
	kernel.caps.effective = kernel.caps.permitted = 0;
}

static bool run(const struct identity *who, const struct become_caps *caps, struct error *why)
{
	alignas(max_align_t) char block[1024];
	struct arena arena = {.at = block, .left = sizeof(block)};

	why->text[0] = '\0';
	return become(who, caps, &arena, why);
}

#define LOOK   "getresuid\ngetresgid\ncount groups\ngetgroups\n"
#define SWITCH "setgroups 2\nsetresgid 1000 1000 1000\nsetresuid 1000 1000 1000\n"
#define PLAIN  LOOK SWITCH "capget\n" LOOK "setuid 0\ncapget\n"
#define ALL_OPTIONS                                                                                          \
	LOOK "capget\nbounding?\nbounding 0\nbounding 40\nkeepcaps 1\n" SWITCH "capget\n"                    \
	     "capset 0 400 400\n" LOOK                                                                       \
	     "setuid 0\ncapset 400 400 400\nambient 10\nbounding?\ncapget\nambient?\n"

static void test_the_order(void **state)
{
	(void)state;
	struct error why;

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
	struct identity root = {.groups = {.gids = gids, .count = 2, .room = 2}};
	struct error why;

	boot();
	assert_true(run(&root, &plain, &why));
	assert_string_equal(kernel.log, LOOK "setgroups 2\nsetresgid 0 0 0\nsetresuid 0 0 0\n" LOOK);
}

/* Root can keep a part of its capabilities only if the bounding set enforces that. */
static void test_root_may_keep_a_part(void **state)
{
	(void)state;
	gid_t gids[] = {0, 50};
	struct identity root = {.groups = {.gids = gids, .count = 2, .room = 2}};
	struct become_caps unbounded = {.kept = NET};
	struct error why;

	boot();
	assert_true(run(&root, &all_options, &why));
	assert_non_null(strstr(kernel.log, "bounding?\nbounding 0\nbounding 40\nkeepcaps 1\n"));
	assert_non_null(strstr(kernel.log, "capget\ncapset 0 400 400\n"));
	assert_int_equal(kernel.caps.permitted, NET);
	assert_int_equal(kernel.caps.bounding, NET);
	boot();
	assert_false(run(&root, &unbounded, &why));
	assert_null(strstr(kernel.log, "set"));
}

/* become() reports each failure and makes no call after it. Only setuid(0) has to fail. */
static void each_failure(const struct become_caps *caps, const char *log)
{
	int call = 0;

	for (const char *line = log; *line; line = strchr(line, '\n') + 1) {
		struct error why;
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
	struct error why;

	for (size_t i = 0; i < 3; i++) {
		boot();
		kernel.ignores = calls[i];
		assert_false(run(&alice, &plain, &why));
		assert_non_null(strstr(why.text, "verification failed"));
	}
	/* A part of the groups. */
	boot();
	kernel.groups[0] = 50;
	kernel.ignores = "setgroups";
	assert_false(run(&alice, &plain, &why));
	assert_non_null(strstr(why.text, "verification failed"));
	/* As many groups, but others. */
	boot();
	kernel.groups[1] = 50;
	kernel.group_count = 2;
	kernel.ignores = "setgroups";
	assert_false(run(&alice, &plain, &why));
	assert_non_null(strstr(why.text, "verification failed"));
}

/* Each of the three user ids and of the three group ids is verified: one wrong id is enough. */
static void test_each_id_is_verified(void **state)
{
	(void)state;
	struct error why;

	for (int i = 0; i < 6; i++) {
		boot_as_alice(2);
		kernel.caps.effective = kernel.caps.permitted = ALL_CAPS;
		(i < 3 ? kernel.uid : kernel.gid)[i % 3] = 0;
		kernel.ignores = i < 3 ? "setresuid" : "setresgid";
		assert_false(run(&alice, &plain, &why));
		assert_non_null(strstr(kernel.log, "setresuid"));
		assert_non_null(strstr(why.text, "verification failed"));
	}
}

static void test_a_way_back_is_found(void **state)
{
	(void)state;
	struct error why;

	boot();
	kernel.root_way_back = true;
	assert_false(run(&alice, &plain, &why));
	assert_non_null(strstr(why.text, "setuid(0) still succeeds"));
}

/* Capabilities that setresuid() did not remove, in each set. */
static void test_left_capabilities_go(void **state)
{
	(void)state;
	struct error why;

	boot();
	kernel.no_fixup = true;
	assert_true(run(&alice, &plain, &why));
	assert_string_equal(kernel.log, LOOK SWITCH "capget\ncapset 0 0 0\n" LOOK "setuid 0\ncapget\n");
	uint64_t *const sets[] = {&kernel.caps.effective, &kernel.caps.permitted, &kernel.caps.inheritable};
	for (int i = 0; i < 3; i++) {
		boot_as_alice(2);
		*sets[i] = BIT(CAP_SETUID);
		assert_true(run(&alice, &plain, &why));
		assert_string_equal(kernel.log, LOOK "capget\ncapset 0 0 0\ncapget\n");
		assert_int_equal(*sets[i], 0);
		/* A failure to remove them is reported. */
		boot_as_alice(2);
		*sets[i] = BIT(40);
		kernel.fail_at = 6;
		assert_false(run(&alice, &plain, &why));
	}
}

/* The caller is alice already, with all her groups or all but the primary one: no id is set. */
static void test_already_there(void **state)
{
	(void)state;
	struct error why;

	boot_as_alice(2);
	assert_true(run(&alice, &plain, &why));
	assert_string_equal(kernel.log, LOOK "capget\ncapget\n");
	boot_as_alice(1);
	assert_true(run(&alice, &plain, &why));
	assert_string_equal(kernel.log, LOOK "capget\ncapget\ncapget\n");
	/* With CAP_SETGID the groups are set. */
	boot_as_alice(1);
	kernel.caps.effective = kernel.caps.permitted = BIT(CAP_SETGID) | BIT(CAP_SETUID);
	assert_true(run(&alice, &plain, &why));
	assert_int_equal(kernel.group_count, 2);
	assert_int_equal(kernel.caps.permitted, 0);
}

static void test_almost_there_is_not_there(void **state)
{
	(void)state;
	static const gid_t sets[][3] = {{50, 1000, 1001}, {50, 1001}, {1000}, {1000, 1001}, {0}};
	static const size_t counts[] = {3, 2, 1, 2, 0};
	struct error why;

	for (size_t i = 0; i < 5; i++) {
		boot_as_alice(counts[i]);
		memcpy(kernel.groups, sets[i], sizeof(sets[i]));
		assert_false(run(&alice, &plain, &why));
		assert_non_null(strstr(why.text, "CAP_SETGID is missing"));
	}
}

static void expect_found_out(const struct become_caps *caps, const char *what)
{
	struct error why;

	assert_false(run(&alice, caps, &why));
	if (!strstr(why.text, "verification failed: ") || !strstr(why.text, what))
		fail_msg("'%s', not '%s'", why.text, what);
}

/* A capability that stays in one of the sets, with and without --keep-caps, and one that is not raised. */
static void test_each_capability_set_is_verified(void **state)
{
	(void)state;
	static const struct sets stuck[] = {
		{.effective = BIT(40)}, {.permitted = BIT(40)}, {.inheritable = BIT(40)}};
	static const struct become_caps keep = {.kept = NET};
	static const struct become_caps limit = {.limit_bounding = true};

	for (size_t i = 0; i < 3; i++) {
		boot();
		kernel.stuck = stuck[i];
		expect_found_out(&plain, "the capabilities are not");
		boot();
		kernel.stuck = stuck[i];
		expect_found_out(&keep, "the capabilities are not");
		boot_as_alice(2);
		kernel.caps.inheritable = NET;
		kernel.stuck = stuck[i];
		expect_found_out(&plain, "the capabilities are not");
	}
	boot();
	kernel.ignores = "capset";
	expect_found_out(&keep, "the capabilities are not");
	boot();
	kernel.stuck.ambient = BIT(40);
	expect_found_out(&keep, "the ambient capabilities are not");
	boot();
	kernel.ignores = "ambient";
	expect_found_out(&keep, "the ambient capabilities are not");
	boot();
	kernel.stuck.bounding = BIT(40);
	expect_found_out(&all_options, "the bounding set is not limited");
	boot();
	kernel.ignores = "bounding";
	expect_found_out(&limit, "the bounding set is not limited");
}

static void test_bounding_set_cannot_be_read(void **state)
{
	(void)state;
	struct error why;

	/* An error at the first number or at a later one is not the end of the set. */
	for (int cap = 0; cap < 2; cap++) {
		boot();
		kernel.hidden_from = cap;
		kernel.hidden_error = EPERM;
		assert_false(run(&alice, &all_options, &why));
		assert_string_equal(why.text, "cannot read the bounding set: Operation not permitted");
	}
	/* A kernel without this call. */
	boot();
	kernel.hidden_from = 0;
	assert_false(run(&alice, &all_options, &why));
	assert_non_null(strstr(why.text, "cannot read the bounding set: Invalid argument"));
}

static void test_missing_capabilities_are_named(void **state)
{
	(void)state;
	struct error why;

	boot();
	kernel.caps.effective &= ~BIT(CAP_SETGID);
	assert_false(run(&alice, &plain, &why));
	assert_string_equal(why.text, "setgroups: Operation not permitted (CAP_SETGID is missing)");
	boot();
	kernel.caps.effective &= ~BIT(CAP_SETUID);
	assert_false(run(&alice, &plain, &why));
	assert_string_equal(why.text, "setresuid: Operation not permitted (CAP_SETUID is missing)");
	/* A security module may deny what the capability allows: then no capability is named. */
	boot();
	kernel.denies = "setresuid";
	assert_false(run(&alice, &plain, &why));
	assert_string_equal(why.text, "setresuid: Operation not permitted");
	boot();
	kernel.caps.permitted &= ~NET;
	assert_false(run(&alice, &all_options, &why));
	assert_non_null(strstr(why.text, "net_bind_service"));
	assert_null(strstr(kernel.log, "set"));
}

/* setuid(0) is tried while no capability is effective, also if CAP_SETUID is kept. */
static void test_setuid_itself_may_be_kept(void **state)
{
	(void)state;
	struct become_caps caps = {.kept = BIT(CAP_SETUID) | BIT(40)};
	struct error why;

	boot();
	assert_true(run(&alice, &caps, &why));
	assert_int_equal(kernel.caps.effective, BIT(CAP_SETUID) | BIT(40));
	assert_int_equal(kernel.caps.permitted, BIT(CAP_SETUID) | BIT(40));
	assert_int_equal(kernel.caps.ambient, BIT(CAP_SETUID) | BIT(40));
	assert_int_equal(kernel.uid[REAL], 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_order),
		cmocka_unit_test(test_root_keeps_its_capabilities),
		cmocka_unit_test(test_root_may_keep_a_part),
		cmocka_unit_test(test_each_failure_ends_it),
		cmocka_unit_test(test_a_kernel_that_does_nothing),
		cmocka_unit_test(test_each_id_is_verified),
		cmocka_unit_test(test_a_way_back_is_found),
		cmocka_unit_test(test_left_capabilities_go),
		cmocka_unit_test(test_already_there),
		cmocka_unit_test(test_almost_there_is_not_there),
		cmocka_unit_test(test_each_capability_set_is_verified),
		cmocka_unit_test(test_bounding_set_cannot_be_read),
		cmocka_unit_test(test_missing_capabilities_are_named),
		cmocka_unit_test(test_setuid_itself_may_be_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
