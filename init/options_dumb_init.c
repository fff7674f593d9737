/* The dialect of dumb-init. */
#include "init/options.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "common/option_scan.h"
#include "init/signame.h"

#define FAILURE       1
#define NOT_RUN       2 /* the command could not be executed */
#define REWRITE_MAX   31
#define VERSION_WORDS "dumb-init v1.2.5" /* the peer's */

/* The peer's own tests compare this text. */
static const char help[] =
	"\n"
	"dumb-init is a simple process supervisor that forwards signals to children.\n"
	"It is designed to run as PID1 in minimal container environments.\n"
	"\n"
	"Optional arguments:\n"
	"   -c, --single-child   Run in single-child mode.\n"
	"                        In this mode, signals are only proxied to the\n"
	"                        direct child and not any of its descendants.\n"
	"   -r, --rewrite s:r    Rewrite received signal s to new signal r before proxying.\n"
	"                        To ignore (not proxy) a signal, rewrite it to 0.\n"
	"                        This option can be specified multiple times.\n"
	"   -v, --verbose        Print debugging information to stderr.\n"
	"   -h, --help           Print this help message and exit.\n"
	"   -V, --version        Print the current version and exit.\n"
	"\n"
	"Full help is available online at https://github.com/Yelp/dumb-init\n";

static const struct option_name names[] = {
	{"help", 'h'}, {"single-child", 'c'}, {"rewrite", 'r'}, {"verbose", 'v'}, {"version", 'V'}, {"", 0},
};

/* A number as sscanf("%d") reads it, or a name; *end is behind it. -1: neither. */
static int parse_signal(const char *text, const char **end)
{
	int number = options_atoi(text, end);

	if (*end > text && (*end)[-1] >= '0' && (*end)[-1] <= '9')
		return number;
	size_t len = strcspn(text, ":");
	*end = text + len;
	return signame_parse(text, len);
}

/* "FROM:TO"; anything after the digits of TO is ignored, as the peer does. */
static bool parse_rewrite(struct config *config, const char *value)
{
	const char *end;
	int from = parse_signal(value, &end);

	if (*end != ':')
		return false;
	int to = parse_signal(end + 1, &end);
	if (from < 1 || from > REWRITE_MAX || to < 0 || to > REWRITE_MAX)
		return false;
	options_rewrite(config, from, to);
	return true;
}

/* One option. Returns false if the command must not run. */
static bool take(const struct invocation *invocation, struct config *config, struct outcome *outcome,
		 int option, const char *value)
{
	switch (option) {
	case 'h':
		options_print(outcome, 0, STDERR_FILENO,
			      VERSION_WORDS "\nUsage: %s [option] command [[arg] ...]\n",
			      invocation->argv[0]);
		outcome->text = help;
		break;
	case 'V':
		options_print(outcome, 0, STDERR_FILENO, VERSION_WORDS "\n");
		break;
	case 'c':
		config->placement = PLACE_SHARED;
		break;
	case 'v':
		config->verbosity = 1;
		break;
	case 'r':
		if (!parse_rewrite(config, value))
			options_print(outcome, FAILURE, STDERR_FILENO,
				      "Usage: -r option takes <signum>:<signum>, where <signum> is between 1 "
				      "and %d.\n"
				      "This option can be specified multiple times.\n"
				      "Use --help for full usage.\n",
				      REWRITE_MAX);
		break;
	}
	return outcome->run;
}

void options_dumb_init(const struct invocation *invocation, struct config *config, struct outcome *outcome)
{
	struct option_scan scan = {.argv = invocation->argv, .letters = "hcr:vV", .names = names, .index = 1};
	int option;

	config->message = message_dumb_init;
	config->codes = (struct exit_codes){FAILURE, FAILURE, NOT_RUN, NOT_RUN, NOT_RUN, 0};
	config->verbosity = 0;
	config->placement = PLACE_SESSION;
	config->end_signal = SIGTERM;
	while ((option = option_scan_next(&scan)) > 0)
		if (!take(invocation, config, outcome, option, scan.value))
			return;
	if (option == OPTION_SCAN_ERROR) {
		options_print(outcome, FAILURE, STDERR_FILENO, "%s: %s\n", invocation->argv[0], scan.error);
		return;
	}
	if (!invocation->argv[scan.index]) {
		options_print(outcome, FAILURE, STDERR_FILENO,
			      "Usage: %s [option] program [args]\nTry %s --help for full usage.\n",
			      invocation->argv[0], invocation->argv[0]);
		return;
	}
	config->command = invocation->argv + scan.index;
	if (options_env_is(invocation, "DUMB_INIT_DEBUG", "1")) {
		config->verbosity = 1;
		config->log_debug_mode = true;
	}
	if (options_env_is(invocation, "DUMB_INIT_SETSID", "0")) {
		config->placement = PLACE_SHARED;
		config->log_no_setsid = true;
	}
	if (config->placement == PLACE_SESSION)
		config->target = TARGET_GROUP;
	options_job_control(config);
}
