/*
 * Parses a user spec: "user[:group]", each half a name or a number. Pure.
 *
 * A half of digits, with or without a '+', is always a number: a passwd line with the name "1000" must not
 * capture the uid 1000 (CVE-2016-3697). Anything else that is not empty is a name, whether or not it exists.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "suexec/span.h"

/* The highest id. (uid_t)-1 means "no change" to setresuid(2). */
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
	struct half group; /* HALF_EMPTY also if there is no colon */
};

struct half userspec_half(struct span text);

/* Returns false if there is a second colon. The caller must refuse HALF_RANGE. */
bool userspec_parse(const char *text, struct userspec *spec);
