/* A stub of read_line() in suexec/passwd.c, for the proofs that rely on proof passwd_line. */
#pragma once

#include "proof.h"
#include "suexec/passwd.h"

/* What proof passwd_line shows of the original, which the edit renames. */
static bool read_line(struct span line, struct span *field, uint32_t *id)
{
	const size_t name_len = nondet_uint64(), members_from = nondet_uint64();

	if (nondet_bool())
		return false;
	ASSUME(line.len >= 5 && name_len >= 1 && name_len <= line.len - 4);
	ASSUME(members_from >= name_len + 4 && members_from <= line.len);
	ASSUME(line.at[name_len] == ':' && line.at[members_from - 1] == ':');
	for (size_t i = 0; i < 7; i++)
		field[i] = (struct span){"", 0};
	field[0] = (struct span){line.at, name_len};
	field[3] = (struct span){line.at + members_from, line.len - members_from};
	*id = (uint32_t)nondet_uint64();
	ASSUME(*id <= 4294967294u);
	return true;
}
