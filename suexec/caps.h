/*
 * Capability sets as 64-bit masks, bit CAP_x each.
 */
#ifndef SUEXEC_CAPS_H
#define SUEXEC_CAPS_H

#include <stdbool.h>
#include <stdint.h>

#include "suexec/error.h"

#define CAPS_BIT(cap) (UINT64_C(1) << (cap))

struct caps {
	uint64_t effective;
	uint64_t permitted;
	uint64_t inheritable;
};

/* Parses "net_bind_service,sys_nice": with or without "cap_" in front, in upper or lower case. Pure. */
bool caps_parse(const char *list, uint64_t *mask, struct error *why);

/* The name of the lowest capability in the mask, or "unknown". Pure. */
const char *caps_name(uint64_t mask);

/* This process's sets. These functions return 0, or -1 with errno. */
int caps_get(struct caps *caps);
int caps_get_ambient(uint64_t *set);
int caps_get_bounding(uint64_t *set);
int caps_set(const struct caps *caps);

/*
 * Raises the mask in the ambient set. There is nothing to lower first: caps_set() did that, as no capability
 * stays ambient that is not both permitted and inheritable (capabilities(7)).
 */
int caps_raise_ambient(uint64_t mask);

/* Removes what is not in keep from the bounding set. Without anything to remove that needs no privilege. */
int caps_limit_bounding(uint64_t keep);

#endif
