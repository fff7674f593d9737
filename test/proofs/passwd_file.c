/*
 * property: the user that is found is the one that was looked for, in the file or in none
 * bound: a file of 0 to 11 bytes with 2 lines, a name of 1 byte
 * assumes: num_parse() does what its contract says | proof num
 * assumes: a line is read as proof passwd_line has it | proof passwd_line
 * edit: s/^static bool read_line(/static bool original(/
 * flags: --unwind 13 --unwindset next_line.0:3,next_passwd.0:3,passwd_by_name.0:3,passwd_by_uid.0:3 --unsigned-overflow-check
 * mutant: s/return a.len == b.len && /return /
 * mutant: s/if (found->uid == uid)/if (1)/
 * mutant: s/rest->at = end ? end + 1 : NULL;/rest->at = end;/
 */
#include "libc.h"
#include "num_contract.h"

#include "suexec/passwd.h"
#include "read_line.h"

#include "suexec/passwd.c"

bool gidset_add(struct gidset *set, gid_t gid)
{
	return true;
}

int main(void)
{
	BYTES(file, 11);
	char name[1];
	struct passwd_line found;
	const uid_t uid = (uid_t)nondet_uint64();
	const bool by_name = nondet_bool();
	const struct span whole = {file, file_len}, wanted = {name, 1};

	size_t newlines = 0;
	for (size_t i = 0; i < file_len; i++)
		newlines += file[i] == '\n';
	ASSUME(newlines < 2);
	if (by_name ? !passwd_by_name(whole, wanted, &found) : !passwd_by_uid(whole, uid, &found))
		return 0;
	PROVE(found.name.at >= file && found.name.at + found.name.len < file + file_len, "in the file");
	if (by_name)
		PROVE(found.name.len == 1 && found.name.at[0] == name[0], "by that name");
	else
		PROVE(found.uid == uid, "with that uid");
	PROVE(found.name.at == file || found.name.at[-1] == '\n', "at the start of a line");
	REACH(by_name && found.name.at > file + 1, "behind another line");
	REACH(!by_name && uid == 0, "root");
	return 0;
}
