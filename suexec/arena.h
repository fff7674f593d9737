/*
 * Memory that is never freed: the program soon exits or executes the command. Small pieces come from one
 * block: a mapping for each would cost more than everything else before the switch.
 */
#pragma once

#include <stddef.h>

#include "suexec/error.h"

struct arena {
	char *at; /* what is left of the block, aligned for anything */
	size_t left;
};

/* Returns an arena with the program's block. Call it once. */
struct arena arena_start(void);

/* Returns size bytes, aligned for anything, from the block or else from the kernel; NULL with *why. */
void *arena_take(struct arena *arena, size_t size, struct error *why);
