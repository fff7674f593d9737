/*
 * property: the dialect of dumb-init gives a configuration that the rest of the init can rely on: signals in range, a command
 * bound: 2 options; values and variables of 0 to 3 bytes
 * assumes: the option scanner and the parsers of signals and numbers give what their proofs show | proofs option_scan,
 *	signame, num
 * edit: s/^const char \*options_env(/const char *original_env(/
 * flags: --unwind 8 --unwindset options_parse.0:66,options_parse.1:257,strchr.0:40,strlen.0:8,strcmp.0:14
 * mutant: s/ || to < 0 || to > REWRITE_MAX//
 * mutant: s/from < 1 || //
 * mutant: s/if (config->placement == PLACE_SESSION)/if (1)/
 * mutant: s/if (!invocation->argv\[scan.index\])/if (0)/
 */
#define NAME     "dumb-init"
#define REWRITES 1
#include "dialect.h"

#include "init/options_dumb_init.c"

void options_tini(const struct invocation *invocation, struct config *config, struct outcome *outcome)
{
}

void options_catatonit(const struct invocation *invocation, struct config *config, struct outcome *outcome)
{
}

void options_native(const struct invocation *invocation, struct config *config, struct outcome *outcome)
{
}

int main(void)
{
	check_config(false);
	return 0;
}
