/*
 * property: a line of passwd gives uid or gid 0 only where the field says 0, never the id that means "no change"; a line
 *	with fewer than four fields, without a name, or of a comment or of NIS gives nothing; what is returned lies in it
 * bound: a line of 0 to 11 bytes (the shortest entry has 6)
 * assumes: num_parse() does what its contract says | proof num
 * flags: --unwind 13 --unsigned-overflow-check
 * mutant: s/if (num_parse(field.at, field.len, ID_MAX, &n) != NUM_OK)/if (num_parse(field.at, field.len, ID_MAX, \&n) == NUM_MALFORMED)/
 * mutant: s/strchr("#+-:", /strchr("#+-", /
 * mutant: s/strchr("#+-:", /strchr("#+:", /
 * mutant: s/return read_id(field\[ID\], id);/id[0] = 0; read_id(field[ID], id); return true;/
 * mutant: s/i < LEAST_FIELDS/i < 3/
 * mutant: s/if (memchr(line.at, '\\0', line.len))/if (0)/
 * mutant: s/piece.len + (end != NULL);/piece.len;/
 */
#include "libc.h"
#include "num_contract.h"

#include "suexec/passwd.c"

bool gidset_add(struct gidset *set, gid_t gid)
{
	return true;
}

static bool says_zero(const char *at, size_t len, size_t field)
{
	size_t from = 0, end;

	for (; field > 0; from++)
		field -= at[from] == ':';
	for (end = from; end < len && at[end] == '0'; end++)
		;
	return end > from && (end == len || at[end] == ':' || (at[end] == '\r' && end + 1 == len));
}

static bool is_one_of(char c, const char *set)
{
	for (; *set; set++)
		if (*set == c)
			return true;
	return false;
}

int main(void)
{
	BYTES(line, 11);
	struct span field[FIELDS];
	uint32_t id, gid;
	size_t colons = 0, total = 0;
	bool nul = false;

	for (size_t i = 0; i < line_len; i++) {
		colons += line[i] == ':';
		nul = nul || line[i] == '\0';
	}
	if (!read_line((struct span){line, line_len}, field, &id))
		return 0;
	PROVE(colons >= 3 && !nul, "four fields, no NUL");
	PROVE(field[NAME].len > 0 && !is_one_of(field[NAME].at[0], "#+-: \t"), "a name, no comment, no NIS");
	for (size_t i = 0; i < FIELDS; i++) {
		PROVE(field[i].len == 0 ||
			      (field[i].at >= line && field[i].at + field[i].len <= line + line_len),
		      "each field lies in the line");
		total += field[i].len;
	}
	PROVE(total + LEAST_FIELDS - 1 <= line_len && field[ID].len > 0, "and apart from the others");
	PROVE(id <= ID_MAX, "never (uid_t)-1");
	PROVE(id != 0 || says_zero(line, line_len, 2), "id 0 where it says 0");
	if (read_id(field[GID], &gid)) {
		PROVE(gid <= ID_MAX, "never (gid_t)-1");
		PROVE(gid != 0 || says_zero(line, line_len, 3), "gid 0 where it says 0");
		REACH(id == 0 && gid == 0, "root");
	}
	REACH(field[HOME].len > 0 && field[SHELL].len > 0, "home and shell");
	return 0;
}
