/* Times of files: SOURCE_DATE_EPOCH. */
#ifndef APTWRAP_RESIDUE_TIMESTAMPS_H
#define APTWRAP_RESIDUE_TIMESTAMPS_H

#include <stdbool.h>
#include <time.h>

bool timestamps_before(const struct timespec *a, const struct timespec *b);

/* Reads the value of SOURCE_DATE_EPOCH; false if it is no such number. Pure. */
bool timestamps_parse(const char *value, struct timespec *epoch);

/*
 * No file of the root file system that was changed since then keeps a modification time after the epoch. What
 * is below /dev, /proc, /run, /sys, /tmp and /home is nothing that packages own, and stays as it is.
 */
void timestamps_clamp(const struct timespec *since, const struct timespec *epoch);

#endif
