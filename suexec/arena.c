#include "arena.h"

#include <stdalign.h>
#include <sys/mman.h>

/*
 * Ordinary passwd and group files and environments fit. The linker places "common" variables last, so it
 * begins in the page of the C library's variables, which is used anyway: a page fault less, 2 % of a drop.
 */
char arena_block[12 * 1024] __attribute__((common, aligned(alignof(max_align_t))));

struct arena arena_start(void)
{
	return (struct arena){.at = arena_block, .left = sizeof(arena_block)};
}

void *arena_take(struct arena *arena, size_t size, struct error *why)
{
	const size_t align = alignof(max_align_t);
	char *taken = arena->at;

	if (size <= arena->left) {
		/* The block is a whole number of units: rounding up never takes more than is left. */
		size_t rounded = (size + align - 1) / align * align;
		arena->at += rounded;
		arena->left -= rounded;
		return taken;
	}
	taken = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (taken != MAP_FAILED)
		return taken;
	error_set_errno(why, "cannot allocate %zu bytes", size);
	return NULL;
}
