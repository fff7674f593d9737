/*
 * The grammar of a user spec: "user[:group]", each half a name or a number. Pure.
 *
 * A half of digits is always a number, never a name: a passwd line named "1000" cannot capture the uid 1000
 * (CVE-2016-3697). What is neither empty nor digits is a name, whatever it looks like; whether there is such
 * a name is for the lookup to say. No text ever becomes 0 but "0", "00", "+0" and their like.
 */
#ifndef SUEXEC_USERSPEC_H
#define SUEXEC_USERSPEC_H

#include <stdint.h>

#include "suexec/span.h"

/* The highest id there is: (uid_t)-1 means "leave it" to the kernel and is nobody. */
#define ID_MAX 4294967294u

enum half_kind {
	HALF_EMPTY,
	HALF_ID,
	HALF_NAME,
	HALF_RANGE, /* digits, but above ID_MAX */
};

struct half {
	enum half_kind kind;
	uint32_t id;      /* HALF_ID */
	struct span text; /* as it was written */
};

struct userspec {
	struct half user;
	struct half group; /* HALF_EMPTY as well where there is no colon */
};

struct half userspec_half(struct span text);

/* Returns false where there is a second colon. A half that is out of range is for the caller to refuse. */
bool userspec_parse(const char *text, struct userspec *spec);

#endif
