/*
 * property: the dialect of praekelt-init gives a configuration that the rest of the init can rely on: signals, codes and times in range, a command or a pause, no contradiction
 * bound: 2 options; values and variables of 0 to 3 bytes
 * assumes: the option scanner and the parsers of signals and numbers give what their proofs show | proofs option_scan,
 *	signame, num
 * edit: s/^const char \*options_env(/const char *original_env(/
 * flags: --unwind 8 --unwindset options_parse.0:66,options_parse.1:257,strchr.0:40,strlen.0:8,strcmp.0:14
 * mutant: s/from == SIGCHLD/0/
 * mutant: s/return config->pdeathsig > 0 ||/return true ||/
 * mutant: s/if (parse->single && parse->config->target == TARGET_GROUP)/if (0)/
 * mutant: s/!config->wait_all && config->grace_ms < 0/1/
 * mutant: s/SECONDS_MAX \* 1000/SECONDS_MAX * 10000/
 */
#define NAME     "praekelt-init"
#define REWRITES 1
#include "dialect.h"

#include "init/options_native.c"

void options_tini(const struct invocation *invocation, struct config *config, struct outcome *outcome)
{
}

void options_dumb_init(const struct invocation *invocation, struct config *config, struct outcome *outcome)
{
}

void options_catatonit(const struct invocation *invocation, struct config *config, struct outcome *outcome)
{
}

int main(void)
{
	check_config(true);
	return 0;
}
