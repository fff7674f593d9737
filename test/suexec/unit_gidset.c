/* gidset.c: sorted, without duplicates, never cut short. */
#include "suexec/gidset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

static void test_sorts_and_removes_duplicates(void **state)
{
	(void)state;
	gid_t gids[8];
	struct gidset set = {.gids = gids, .room = 8};
	const gid_t in[] = {7, 4294967294u, 0, 7, 2147483648u, 0}, out[] = {0, 7, 2147483648u, 4294967294u};

	for (size_t i = 0; i < 6; i++)
		assert_true(gidset_add(&set, in[i]));
	gidset_sort(&set);
	assert_int_equal(set.count, 4);
	assert_memory_equal(gids, out, sizeof(out));
	for (size_t i = 0; i < 4; i++)
		assert_true(gidset_has(&set, out[i]));
	assert_false(gidset_has(&set, 1));
}

static void test_one_and_none(void **state)
{
	(void)state;
	gid_t gids[1];
	struct gidset set = {.gids = gids, .room = 1};

	gidset_sort(&set);
	assert_false(gidset_has(&set, 0));
	assert_true(gidset_add(&set, 0));
	gidset_sort(&set);
	assert_true(gidset_has(&set, 0));
	assert_false(gidset_add(&set, 0));
	assert_false(gidset_add(&set, 1));
	assert_int_equal(set.count, 1);
}

static void test_many(void **state)
{
	(void)state;
	const size_t most = 100000;
	gid_t *gids = malloc(2 * most * sizeof(*gids));
	struct gidset set = {.gids = gids, .room = 2 * most};

	for (size_t i = 0; i < most; i++) {
		assert_true(gidset_add(&set, (gid_t)(most - i)));
		assert_true(gidset_add(&set, (gid_t)most));
	}
	gidset_sort(&set);
	assert_int_equal(set.count, most);
	for (size_t i = 0; i < most; i++)
		assert_int_equal(gids[i], i + 1);
	free(gids);
}

static void test_subset(void **state)
{
	(void)state;
	gid_t one[] = {5}, two[] = {5, 6}, other[] = {5, 7};
	struct gidset none = {.gids = one, .count = 0}, a = {.gids = one, .count = 1};
	struct gidset b = {.gids = two, .count = 2}, c = {.gids = other, .count = 2};

	assert_true(gidset_subset(&none, &none));
	assert_true(gidset_subset(&none, &a));
	assert_true(gidset_subset(&a, &b));
	assert_true(gidset_subset(&b, &b));
	assert_false(gidset_subset(&b, &a));
	assert_false(gidset_subset(&a, &none));
	assert_false(gidset_subset(&b, &c));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sorts_and_removes_duplicates),
		cmocka_unit_test(test_one_and_none),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_subset),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
