/*
 * property: a command line that is accepted has a command and a user or a path, and our own name refuses an empty user
 * bound: 2 options and 3 arguments of 0 to 2 bytes
 * assumes: the option scanner gives what its proof shows | proof option_scan
 * assumes: lists of capabilities are parsed to any set | suexec/caps.c
 * flags: --unwind 7 --unwindset strchr.0:20,strcmp.0:12
 * mutant: s/!\*wanted->spec || //
 * mutant: s/ || strcmp(wanted->spec, ":") == 0//
 * mutant: s/if (!\*argv)/if (0)/
 * mutant: s/if (!request->wanted.owner_of && \*argv)/if (*argv)/
 * mutant: s/!wanted->owner_of || wanted->no_root/wanted->no_root/
 */
#include <string.h>

#include "common/option_scan.h"
#include "proof.h"

#include "suexec/options.c"

bool error_set(struct error *why, const char *format, ...)
{
	return false;
}

bool caps_parse(const char *list, uint64_t *mask, struct error *why)
{
	*mask = nondet_uint64();
	return nondet_bool();
}

static char text[3];

int option_scan_next(struct option_scan *scan)
{
	static int calls;
	const int letter = nondet_int(), index = nondet_int();

	if (calls++ == 2 || nondet_bool()) {
		ASSUME(index >= 0 && index <= 3 && (index == 0 || scan->argv[index - 1]));
		scan->index = index;
		return nondet_bool() ? OPTION_SCAN_END : OPTION_SCAN_ERROR;
	}
	ASSUME(letter > ' ' && letter < 127 && letter != ':');
	const char *known = strchr(scan->letters, letter);
	ASSUME(known != NULL || letter == 'A');
	scan->value = known && known[1] == ':' ? text : NULL;
	return letter;
}

int main(void)
{
	STRING(user, 2);
	STRING(word, 2);
	char any[2], program[] = "x";
	const size_t count = nondet_uint64();
	struct dialect dialect;
	static struct request request;
	struct error why;

	ASSUME(count <= 4);
	memcpy(text, any, 2);
	dialect.help = nondet_bool() ? "" : NULL;
	char *argv[] = {count > 0 ? program : NULL, count > 1 ? user : NULL, count > 2 ? word : NULL,
			count > 3 ? word : NULL, NULL};
	if (options_parse(&dialect, argv, &request, &why) != OPTIONS_RUN)
		return 0;
	const struct wanted *wanted = &request.wanted;
	PROVE(request.command > argv && request.command < argv + count && *request.command, "a command");
	PROVE((wanted->spec != NULL) != (wanted->owner_of != NULL), "either a user or a path");
	PROVE(wanted->add_count <= ADD_GROUPS_MAX, "room for the groups");
	if (dialect.has_options) {
		PROVE(!wanted->spec || (*wanted->spec && strcmp(wanted->spec, ":") != 0),
		      "a user that is not empty");
		PROVE(!wanted->owner_of || *wanted->owner_of, "a path that is not empty");
		PROVE(!wanted->allow_root_owner || (wanted->owner_of && !wanted->no_root),
		      "no contradiction");
		REACH(wanted->owner_of && wanted->allow_root_owner, "an owner that may be root");
		REACH(wanted->add_count == 2, "two groups");
	}
	REACH(wanted->spec && !*wanted->spec, "an empty user, as the other names have it");
	return 0;
}
