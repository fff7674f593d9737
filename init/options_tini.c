/* The dialect of tini, tini-static and docker-init. */
#include "init/options.h"

#include <string.h>
#include <unistd.h>

#include "common/program_name.h"
#include "common/option_scan.h"
#include "init/kernel.h"
#include "init/signame.h"

#define FAILURE       1
#define VERSION_WORDS "tini version 0.19.0" /* the peer's */

/* Scripts and the peer's own tests look into this text. */
static const char usage[] = "Execute a program under the supervision of a valid init process (tini)\n"
			    "\n"
			    "Command line options:\n"
			    "\n"
			    "  --version: Show version and exit.\n"
			    "  -h: Show this help message and exit.\n"
			    "  -s: Register as a process subreaper (requires Linux >= 3.4).\n"
			    "  -p SIGNAL: Trigger SIGNAL when parent dies, e.g. \"-p SIGKILL\".\n"
			    "  -v: Generate more verbose output. Repeat up to 3 times.\n"
			    "  -w: Print a warning when processes are getting reaped.\n"
			    "  -g: Send signals to the child's process group.\n"
			    "  -e EXIT_CODE: Remap EXIT_CODE (from 0 to 255) to 0.\n"
			    "  -l: Show license and exit.\n"
			    "\n"
			    "Environment variables:\n"
			    "\n"
			    "  TINI_SUBREAPER: Register as a process subreaper (requires Linux >= 3.4).\n"
			    "  TINI_VERBOSITY: Set the verbosity level (default: 1).\n"
			    "  TINI_KILL_PROCESS_GROUP: Send signals to the child's process group.\n"
			    "\n";

#define USAGE_HEAD "%s (" VERSION_WORDS ")\nUsage: %s [OPTIONS] PROGRAM -- [ARGS] | --version\n\n"

/* error: what is wrong with an option, or NULL. */
static void say_usage(const struct invocation *invocation, struct outcome *outcome, const char *error)
{
	const char *name = program_name(invocation->argv[0]);

	if (error)
		options_print(outcome, FAILURE, STDERR_FILENO, "%s: %s\n" USAGE_HEAD, invocation->argv[0],
			      error, name, name);
	else
		options_print(outcome, FAILURE, STDERR_FILENO, USAGE_HEAD, name, name);
	outcome->text = usage;
}

static void say_bad_value(const struct invocation *invocation, struct outcome *outcome, char option,
			  const char *value)
{
	options_print(outcome, FAILURE, STDERR_FILENO, "[FATAL tini (%d)] Not a valid option for -%c: %s\n",
		      invocation->self, option, value);
}

static bool parse_remap(struct config *config, const char *value)
{
	const char *end;
	int code = options_atoi(value, &end);

	if (*end != '\0' || code < 0 || code > 255)
		return false;
	config->remap[code] = 0;
	return true;
}

/* One option. Returns false if the command must not run. */
static bool take(const struct invocation *invocation, struct config *config, struct outcome *outcome,
		 int option, const char *value)
{
	switch (option) {
	case 'h':
		say_usage(invocation, outcome, NULL);
		outcome->status = 0;
		outcome->fd = STDOUT_FILENO;
		break;
	case 'l':
		options_print(outcome, 0, STDOUT_FILENO, LICENCE_NOTICE);
		break;
	case 's':
		config->subreaper = SUBREAPER_MUST;
		break;
	case 'p':
		config->pdeathsig = signame_exact(value);
		if (config->pdeathsig < 0)
			say_bad_value(invocation, outcome, 'p', value);
		break;
	case 'v':
		config->verbosity++;
		break;
	case 'w':
		config->warn_reaped = true;
		break;
	case 'g':
		config->target = TARGET_GROUP;
		break;
	case 'e':
		if (!parse_remap(config, value))
			say_bad_value(invocation, outcome, 'e', value);
		break;
	}
	return outcome->run;
}

void options_tini(const struct invocation *invocation, struct config *config, struct outcome *outcome)
{
	struct option_scan scan = {.argv = invocation->argv, .letters = "hlsp:vwge:", .index = 1};
	int option;

	config->message = message_tini;
	config->codes = (struct exit_codes){FAILURE, FAILURE, 127, 126, FAILURE, FAILURE};
	config->placement = PLACE_GROUP;
	config->warn_not_reaper = true;
	config->not_forwarded = SIGNAL_BIT(SIGTTIN) | SIGNAL_BIT(SIGTTOU);
	const char *first = invocation->argv[1];
	if (first && strcmp(first, "--version") == 0 && !invocation->argv[2]) {
		/* "docker info" shows the word after "git." as the init's commit. */
		bool engine = strcmp(program_name(invocation->argv[0]), "docker-init") == 0;
		options_print(outcome, 0, STDOUT_FILENO, VERSION_WORDS "%s\n",
			      engine ? " - git.praekelt-init" : "");
		return;
	}
	while ((option = option_scan_next(&scan)) > 0)
		if (!take(invocation, config, outcome, option, scan.value))
			return;
	if (option == OPTION_SCAN_ERROR || !invocation->argv[scan.index]) {
		say_usage(invocation, outcome, option == OPTION_SCAN_ERROR ? scan.error : NULL);
		return;
	}
	config->command = invocation->argv + scan.index;
	options_tini_environment(invocation, config);
}
