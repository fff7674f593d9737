/* The dialect of catatonit, podman's init, and of the name under which podman runs it in a container. */
#include "init/options.h"

#include <signal.h>
#include <unistd.h>

#include "common/option_scan.h"
#include "init/kernel.h"

#define FAILURE 1
#define USAGE   "usage: catatonit [-ghLPV] [--] <progname> [<arguments>...]\n"

static const char help[] = "\n"
			   "options:\n"
			   "  -g              Forward signals to pid1's process group.\n"
			   "  -h              Print this help page.\n"
			   "  -L              Print license information.\n"
			   "  -P              Run in pause mode (no program is run and quit on SIGINT).\n"
			   "  -V, --version   Print version information.\n";

static const struct option_name names[] = {{"version", 'V'}, {"", 0}};

/* One option. Returns false if the command must not run. */
static bool take(struct config *config, struct outcome *outcome, int option, bool *pause)
{
	switch (option) {
	case 'g':
		config->target = TARGET_GROUP;
		break;
	case 'h':
		options_print(outcome, 0, STDERR_FILENO, USAGE);
		outcome->text = help;
		break;
	case 'L':
		options_print(outcome, 0, STDOUT_FILENO, LICENCE_NOTICE);
		break;
	case 'P':
		*pause = true;
		break;
	case 'V':
		options_print(outcome, 0, STDOUT_FILENO, "tini version 0.2.1_catatonit\n"); /* the peer's */
		break;
	}
	return outcome->run;
}

void options_catatonit(const struct invocation *invocation, struct config *config, struct outcome *outcome)
{
	struct option_scan scan = {.argv = invocation->argv, .letters = "ghLPV", .names = names, .index = 1};
	bool pause = false;
	int option;

	config->message = message_catatonit;
	config->codes = (struct exit_codes){FAILURE, FAILURE, FAILURE, FAILURE, FAILURE, 0};
	config->placement = PLACE_GROUP;
	config->subreaper = SUBREAPER_TRY;
	config->not_forwarded = SIGNAL_BIT(SIGTSTP) | SIGNAL_BIT(SIGTTIN) | SIGNAL_BIT(SIGTTOU);
	while ((option = option_scan_next(&scan)) > 0)
		if (!take(config, outcome, option, &pause))
			return;
	if (option == OPTION_SCAN_ERROR) {
		options_print(outcome, FAILURE, STDERR_FILENO, "%s: %s\n" USAGE, invocation->argv[0],
			      scan.error);
		return;
	}
	config->verbosity = options_env(invocation, "CATATONIT_DEBUG") ? MESSAGE_VERBOSITY_MAX : 0;
	if (pause) {
		config->not_forwarded |= SIGNAL_BIT(SIGQUIT);
		return;
	}
	if (!invocation->argv[scan.index]) {
		options_print(outcome, FAILURE, STDERR_FILENO,
			      "ERROR (catatonit:%d): missing program name\n" USAGE, invocation->self);
		return;
	}
	config->command = invocation->argv + scan.index;
}
