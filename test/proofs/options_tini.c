/*
 * property: the dialect of tini gives a configuration that the rest of the init can rely on: signals and codes in range, a command
 * bound: 2 options; values and variables of 0 to 3 bytes
 * assumes: the option scanner and the parsers of signals and numbers give what their proofs show | proofs option_scan,
 *	signame, num
 * edit: s/^const char \*options_env(/const char *original_env(/
 * flags: --unwind 8 --unwindset options_parse.0:66,options_parse.1:257,strchr.0:40,strlen.0:8,strcmp.0:14
 * mutant: s/code < 0 || code > 255/0/
 * mutant: s/if (config->pdeathsig < 0)/if (0)/
 * mutant: s/|| !invocation->argv\[scan.index\]//
 */
#define NAME     "tini"
#define REWRITES 0
#include "dialect.h"

#include "init/options_tini.c"

void options_dumb_init(const struct invocation *invocation, struct config *config, struct outcome *outcome)
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
