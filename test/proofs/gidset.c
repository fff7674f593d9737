/*
 * property: a set has exactly the groups that were added, in ascending order and each once; a full one refuses
 * bound: 4 groups
 * assumes: qsort(3) sorts and bsearch(3) finds | libc
 * flags: --unwind 6 --unsigned-overflow-check
 * mutant: s/(a > b) - (a < b)/(int)(a - b)/
 * mutant: s/i == 0 || //
 * mutant: s/if (set->count == set->room)/if (0)/
 * mutant: s/if (i == 0 || set->gids\[i\] != set->gids\[i - 1\])/if (1)/
 * mutant: s/if (!gidset_has(b, a->gids\[i\]))/if (0)/
 */
#define SORT_MAX 4
#include "sort.h"

#include "suexec/gidset.c"

static bool is_in(gid_t gid, const gid_t *groups, size_t count)
{
	for (size_t i = 0; i < SORT_MAX; i++)
		if (i < count && groups[i] == gid)
			return true;
	return false;
}

int main(void)
{
	gid_t given[SORT_MAX], room[SORT_MAX], others[SORT_MAX], probe;
	struct gidset set = {.gids = room, .room = nondet_uint64()};
	const struct gidset other = {.gids = others, .count = 2, .room = 2};
	const size_t count = set.room;
	bool subset = true;

	ASSUME(count <= SORT_MAX && others[0] < others[1]);
	for (size_t i = 0; i < count; i++)
		PROVE(gidset_add(&set, given[i]), "there is room");
	PROVE(!gidset_add(&set, probe), "there is no more room");
	gidset_sort(&set);
	for (size_t i = 1; i < set.count; i++)
		PROVE(room[i - 1] < room[i], "ascending, each once");
	PROVE(gidset_has(&set, probe) == is_in(probe, given, count), "exactly what was added");
	for (size_t i = 0; i < count; i++)
		subset = subset && is_in(given[i], others, 2);
	PROVE(gidset_subset(&set, &other) == subset, "a subset");
	REACH(set.count == 2 && count == SORT_MAX, "two that were added twice");
	REACH(subset && count > 1, "a subset");
	return 0;
}
