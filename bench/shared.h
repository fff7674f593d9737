/*
 * The protocol between the driver and the command (child.c). The command inherits the page below as
 * descriptor CHANNEL_PAGE and a stream socket to the driver as CHANNEL_SOCKET, through the init or privilege
 * drop.
 */
#pragma once

#include <stdint.h>

#define CHANNEL_PAGE   3
#define CHANNEL_SOCKET 4

/* The command's exit status on success. It is not 0, so that an invented status is noticed. */
#define STATUS_GOOD     23
#define STATUS_WRONG_ID 24
#define STATUS_BROKEN   25

/* The number of nobody and nogroup on Debian. */
#define NOBODY 65534

#define SIGNALS 64

/* The most zombies at once: a small machine has only 32,768 process ids. */
#define BURST_MAX 20000

struct page {
	uint64_t stamp_ns; /* CLOCK_MONOTONIC at the event that the role names */
	uint64_t wall_ns;  /* orphans: from the first (stream) or from all at once (burst) until none was left
			    */
	uint32_t received[SIGNALS + 1];
	int32_t orphans[BURST_MAX];
};
