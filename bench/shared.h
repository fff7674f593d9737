/*
 * What the driver and the command (child.c) agree on. The command finds the page below as descriptor
 * CHANNEL_PAGE and a stream socket to the driver as CHANNEL_SOCKET, whatever init or privilege drop stands
 * in between.
 */
#ifndef BENCH_SHARED_H
#define BENCH_SHARED_H

#include <stdint.h>

#define CHANNEL_PAGE   3
#define CHANNEL_SOCKET 4

/* How the command ends if all is well. Not 0, so that a status made up on the way is noticed. */
#define STATUS_GOOD     23
#define STATUS_WRONG_ID 24
#define STATUS_BROKEN   25

/* nobody and nogroup, by number: on Debian always these. */
#define NOBODY 65534

#define SIGNALS 64

/* Zombies at once: the kernel hands out 32,768 process ids on a small machine. */
#define BURST_MAX 20000

struct page {
	uint64_t stamp_ns; /* CLOCK_MONOTONIC at the event that the role names */
	uint64_t wall_ns;  /* orphans: from the first (stream) or from all at once (burst) until none was left
			    */
	uint32_t received[SIGNALS + 1];
	int32_t orphans[BURST_MAX];
};

#endif
