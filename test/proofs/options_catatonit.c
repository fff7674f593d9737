/*
 * property: the dialect of catatonit gives a configuration that the rest of the init can rely on: a command or a pause
 * bound: 2 options; values and variables of 0 to 3 bytes
 * assumes: the option scanner and the parsers of signals and numbers give what their proofs show | proofs option_scan,
 *	signame, num
 * edit: s/^const char \*options_env(/const char *original_env(/
 * flags: --unwind 8 --unwindset options_parse.0:66,options_parse.1:257,strchr.0:40,strlen.0:8,strcmp.0:14
 * mutant: s/if (!invocation->argv\[scan.index\])/if (0)/
 * mutant: s/config->target = TARGET_GROUP;/config->target = 7;/
 */
#define NAME     "catatonit"
#define REWRITES 0
#include "dialect.h"

#include "init/options_catatonit.c"

void options_tini(const struct invocation *invocation, struct config *config, struct outcome *outcome)
{
}

void options_dumb_init(const struct invocation *invocation, struct config *config, struct outcome *outcome)
{
}

void options_native(const struct invocation *invocation, struct config *config, struct outcome *outcome)
{
}

int main(void)
{
	check_config(true);
	return 0;
}
