/* What qsort(3) and bsearch(3) do to a sorted array of at most SORT_MAX group ids, with the order of gidset.c. */
#pragma once

#include <stdlib.h>
#include <sys/types.h>

#include "proof.h"

static void model_qsort(gid_t *array, size_t count, int (*order)(const void *, const void *))
{
	for (size_t i = 0; i < SORT_MAX; i++)
		for (size_t k = i + 1; k < SORT_MAX; k++)
			if (k < count && order(&array[k], &array[i]) < 0) {
				const gid_t higher = array[i];
				array[i] = array[k];
				array[k] = higher;
			}
}

static const gid_t *model_bsearch(const gid_t *key, const gid_t *array, size_t count)
{
	for (size_t i = 0; i < SORT_MAX; i++)
		if (i < count && array[i] == *key)
			return &array[i];
	return NULL;
}

#define qsort(array, count, size, order)        model_qsort(array, count, order)
#define bsearch(key, array, count, size, order) model_bsearch(key, array, count)
