/* See arena.h. */
#include "arena.h"

#include <stdalign.h>
#include <sys/mman.h>

void *arena_take(struct arena *arena, size_t size)
{
	const size_t align = alignof(max_align_t);
	char *taken = arena->at;

	if (size <= arena->left) {
		/* The block is a whole number of units, so that rounding up never takes more than is left. */
		size_t rounded = (size + align - 1) / align * align;
		arena->at += rounded;
		arena->left -= rounded;
		return taken;
	}
	taken = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return taken == MAP_FAILED ? NULL : taken;
}
