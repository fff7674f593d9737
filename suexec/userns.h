/* Limits of the user namespace of this process, user_namespaces(7). */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

/* Returns whether setgroups(2) is denied in it; false without /proc. */
bool userns_denies_setgroups(void);

/*
 * Returns whether these ids of a file may stand for an owner or group that the namespace does not map:
 * stat(2) shows the overflow id for them. Returns false if every id is mapped, and without /proc.
 */
bool userns_hides(uid_t uid, gid_t gid);
