#include "gidset.h"

#include <stdlib.h>

static int compare(const void *left, const void *right)
{
	gid_t a = *(const gid_t *)left, b = *(const gid_t *)right;

	return (a > b) - (a < b);
}

void gidset_sort(struct gidset *set)
{
	size_t kept = 0;

	qsort(set->gids, set->count, sizeof(*set->gids), compare);
	for (size_t i = 0; i < set->count; i++)
		if (i == 0 || set->gids[i] != set->gids[i - 1])
			set->gids[kept++] = set->gids[i];
	set->count = kept;
}

bool gidset_add(struct gidset *set, gid_t gid)
{
	if (set->count == set->room)
		return false;
	set->gids[set->count++] = gid;
	return true;
}

bool gidset_has(const struct gidset *set, gid_t gid)
{
	return set->count > 0 && bsearch(&gid, set->gids, set->count, sizeof(gid), compare) != NULL;
}

bool gidset_subset(const struct gidset *a, const struct gidset *b)
{
	for (size_t i = 0; i < a->count; i++)
		if (!gidset_has(b, a->gids[i]))
			return false;
	return true;
}
