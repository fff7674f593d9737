/*
 * property: a variable that is set is there once, with the new value; all others stay, in order
 * bound: 0 to 3 variables of 0 to 3 bytes
 * flags: --unwind 7 --unsigned-overflow-check
 * mutant: s/else if (!is_set)/else/
 * mutant: s/^	if (!is_set)$/	if (1)/
 * mutant: s/strcspn(entry, "=") + 1/strcspn(entry, "=")/
 * mutant: s/^	\*to = NULL;//
 */
#include "libc.h"

#include <sys/types.h>
#define stpcpy(to, from)       strcpy(to, from)
#define mempcpy(to, from, len) memcpy(to, from, len)

#include "suexec/environment.c"

size_t msg_format(char *buf, size_t size, const char *format, ...)
{
	return 0;
}

void *arena_take(struct arena *arena, size_t size, struct error *why)
{
	return NULL;
}

static bool is_home(const char *entry)
{
	return entry[0] == 'H' && entry[1] == '=';
}

int main(void)
{
	STRING(a, 3);
	STRING(b, 3);
	STRING(c, 3);
	char entry[] = "H=1";
	char *before[] = {a, b, c};
	const size_t count = nondet_uint64();
	size_t homes = 0, kept = 0, after = 0;

	ASSUME(count <= 3);
	char *room[5], **env = room + 3 - count; /* ends where its array does: room for one more, and NULL */
	for (size_t i = 0; i < count; i++)
		env[i] = before[i];
	env[count] = NULL;
	environment_set(env, entry);
	for (; env[after]; after++) {
		if (is_home(env[after])) {
			homes++;
			PROVE(env[after] == entry, "the new value");
			continue;
		}
		while (kept < count && is_home(before[kept]))
			kept++;
		PROVE(kept < count && env[after] == before[kept], "the others, in order");
		kept++;
	}
	while (kept < count && is_home(before[kept]))
		kept++;
	PROVE(homes == 1 && kept == count, "once, and all others");
	REACH(after == 1 && count == 3, "three of that name");
	REACH(after == 4, "a new one");
	return 0;
}
