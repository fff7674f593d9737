/*
 * What this process's user namespace does to ids and groups, user_namespaces(7).
 */
#ifndef SUEXEC_USERNS_H
#define SUEXEC_USERNS_H

#include <stdbool.h>
#include <sys/types.h>

/* Whether setgroups(2) is denied in it: groups must not be dropped. False without /proc. */
bool userns_denies_setgroups(void);

/*
 * Whether the owner or the group of a file may stand for one that has no id here: stat(2) shows the overflow
 * id for those. False if every id is mapped, and without /proc.
 */
bool userns_hides(uid_t uid, gid_t gid);

#endif
