/* Capability sets as 64-bit masks, with one bit for each CAP_x. */
#pragma once

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

/* The functions below read or change the sets of this process. They return false with *why. */
bool caps_get(struct caps *caps, struct error *why);

/* kept becomes permitted and inheritable. The kernel removes all others from the ambient set. */
bool caps_set(uint64_t effective, uint64_t kept, struct error *why);
bool caps_raise_ambient(uint64_t mask, struct error *why);

enum caps_kind { CAPS_AMBIENT, CAPS_BOUNDING };

/* Makes a system call for each capability that the kernel knows. */
bool caps_get_set(enum caps_kind kind, uint64_t *set, struct error *why);
