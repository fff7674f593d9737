/*
 * Names of groups. A group of packages, made with --virtual, is a metapackage whose name is GROUP_PREFIX and
 * the group's own name. Pure.
 */
#ifndef APTWRAP_GROUP_NAME_H
#define APTWRAP_GROUP_NAME_H

#include <stdbool.h>

#define GROUP_PREFIX "aptwrap-group-"

/* [a-z0-9.+_-]+, not too long, neither "." nor "..". */
bool group_valid_name(const char *name);

/* The metapackage of the group. A package's name may not hold "_": it becomes "+u", and "+" becomes "+p". */
char *group_package(const char *name);

#endif
