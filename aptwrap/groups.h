/* Virtual package groups, one file each under GROUPS_DIRECTORY. */
#ifndef APTWRAP_GROUPS_H
#define APTWRAP_GROUPS_H

#include <stdbool.h>

#define GROUPS_DIRECTORY "/var/lib/praekelt-aptwrap/groups"

/* [a-z0-9.+_-]+, not too long for a file's name, and neither "." nor "..". Pure. */
bool groups_valid_name(const char *name);

#endif
