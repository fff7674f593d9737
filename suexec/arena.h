/*
 * Memory that is given out once and never given back: the program soon ends or becomes another.
 *
 * What is small comes from a block that main() has. A mapping of its own for each piece would cost more
 * than all else that happens before the switch.
 */
#ifndef SUEXEC_ARENA_H
#define SUEXEC_ARENA_H

#include <stddef.h>

enum {
	ARENA_BLOCK = 12 * 1024, /* an ordinary passwd, group and environment fit */
};

struct arena {
	char *at; /* what is left of the block, aligned for anything */
	size_t left;
};

/* Returns size bytes, aligned, from the block or else from the kernel; NULL with errno. */
void *arena_take(struct arena *arena, size_t size);

#endif
