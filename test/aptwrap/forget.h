/*
 * The program frees nothing, as it runs for seconds, but a fuzz target runs for hours. So forget() frees what
 * was allocated since remember().
 */
#pragma once

#include <sanitizer/allocator_interface.h>
#include <stdbool.h>
#include <stdlib.h>

enum { MAX_LIVE = 1 << 18 };

static struct {
	const volatile void *pointers[MAX_LIVE];
	size_t count;
	bool on;
} live;

static void live_malloc(const volatile void *pointer, size_t size)
{
	(void)size;
	if (live.on && live.count < MAX_LIVE)
		live.pointers[live.count++] = pointer;
}

static void live_free(const volatile void *pointer)
{
	/* The newest are freed first. */
	for (size_t i = live.count; live.on && i-- > 0;)
		if (live.pointers[i] == pointer) {
			live.pointers[i] = live.pointers[--live.count];
			return;
		}
}

static void remember(void)
{
	static bool installed;

	if (!installed)
		__sanitizer_install_malloc_and_free_hooks(live_malloc, live_free);
	installed = true;
	live.count = 0;
	live.on = true;
}

static void forget(void)
{
	live.on = false;
	for (size_t i = 0; i < live.count; i++) {
		union {
			const volatile void *from;
			void *to;
		} pointer = {.from = live.pointers[i]};
		free(pointer.to);
	}
}
