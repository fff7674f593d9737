/* The native dialect, of dinit and praekelt-init: the options of tini and dumb-init, and more. */
#include "init/options.h"

#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "common/msg.h"
#include "common/num.h"
#include "common/option_scan.h"
#include "common/path_search.h"
#include "init/kernel.h"
#include "init/signame.h"

#define NAME          "praekelt-init"
#define EXIT_FAILED   125 /* as in env(1), timeout(1) and chroot(1) */
#define EXIT_CANNOT   126
#define EXIT_NOTFOUND 127
#define SECONDS_MAX   UINT64_C(3600)

static const char help[] =
	"usage: praekelt-init [OPTION]... [--] COMMAND [ARG]...\n"
	"       praekelt-init --pause [OPTION]...\n"
	"\n"
	"Runs COMMAND as a container's first process: passes every signal on, reaps\n"
	"every orphan, exits with COMMAND's status.\n"
	"\n"
	"  -g, --group             pass signals on to the command's process group\n"
	"  -a, --all               pass signals on to every process\n"
	"  -r, --rewrite FROM:TO   pass signal FROM on as TO; 0 drops it\n"
	"  -G, --grace SECONDS     after COMMAND's end, terminate the rest, then kill\n"
	"  -d, --delay SECONDS     pass the first TERM, INT or QUIT on only after SECONDS\n"
	"  -t, --kill-after SECONDS  kill COMMAND SECONDS after TERM, INT or QUIT\n"
	"  -W, --wait-all          wait until the last descendant has ended\n"
	"  -e, --remap CODE[:NEW]  exit with NEW (0) instead of CODE\n"
	"  -S, --setsid            run the command in a session of its own\n"
	"  -c, --single-child      run it in the init's own process group, signal only it\n"
	"  -P, --pause             run no command: reap, exit on TERM, INT or QUIT\n"
	"  -p, --pdeathsig SIGNAL  receive SIGNAL when the parent dies\n"
	"  -s, --subreaper         fail if it cannot become subreaper\n"
	"  -w, --warn-reaped       log each orphan that is reaped\n"
	"  -v, --verbose           log more, up to three times\n"
	"  -h, --help   -V, --version   -l, --license\n"
	"\n"
	"Environment: DINIT_DELAY DINIT_FORWARD DINIT_GRACE DINIT_KILL_AFTER DINIT_REMAP\n"
	"DINIT_REWRITE, and those of tini and dumb-init.\n"
	"See praekelt-init(1).\n";

static const struct option_name names[] = {
	{"group", 'g'},     {"all", 'a'},       {"rewrite", 'r'},     {"grace", 'G'},   {"kill-after", 't'},
	{"wait-all", 'W'},  {"remap", 'e'},     {"setsid", 'S'},      {"pause", 'P'},   {"single-child", 'c'},
	{"pdeathsig", 'p'}, {"subreaper", 's'}, {"warn-reaped", 'w'}, {"verbose", 'v'}, {"help", 'h'},
	{"version", 'V'},   {"license", 'l'},   {"delay", 'd'},       {"", 0},
};

struct parse {
	const struct invocation *invocation;
	struct config *config;
	struct outcome *outcome;
	bool child_only; /* DINIT_FORWARD=child */
	bool pause;
	bool setsid;
	bool single;
};

/* source: the option or variable that value came from. Returns false. */
static bool bad_value(struct parse *parse, const char *source, const char *value, const char *wanted)
{
	options_print(parse->outcome, EXIT_FAILED, STDERR_FILENO, NAME ": %s: '%s' is not %s\n", source,
		      value, wanted);
	return false;
}

static bool parse_seconds(struct parse *parse, const char *source, const char *value, int64_t *ms)
{
	uint64_t n;

	if (num_parse_seconds(value, SECONDS_MAX * 1000, &n) != NUM_OK)
		return bad_value(parse, source, value, "a number of seconds from 0 to 3600");
	*ms = (int64_t)n;
	return true;
}

static bool parse_rewrite(struct parse *parse, const char *source, const char *text, size_t len)
{
	const char *colon = memchr(text, ':', len);

	if (!colon)
		return bad_value(parse, source, text, "FROM:TO");
	const size_t from_len = (size_t)(colon - text), to_len = len - from_len - 1;
	const int from = signame_parse(text, from_len);
	const int to = to_len == 1 && colon[1] == '0' ? 0 : signame_parse(colon + 1, to_len);
	/* KILL and STOP never arrive, and SIGCHLD is for the init. */
	if (from < 0 || from == SIGKILL || from == SIGSTOP || from == SIGCHLD)
		return bad_value(parse, source, text, "FROM:TO: FROM is not a signal that can be passed on");
	if (to < 0)
		return bad_value(parse, source, text, "FROM:TO: TO is neither a signal nor 0");
	options_rewrite(parse->config, from, to);
	return true;
}

static bool parse_remap(struct parse *parse, const char *source, const char *text, size_t len)
{
	const char *colon = memchr(text, ':', len);
	const size_t from_len = colon ? (size_t)(colon - text) : len;
	uint64_t from, to = 0;

	if (num_parse(text, from_len, 255, &from) != NUM_OK ||
	    (colon && num_parse(colon + 1, len - from_len - 1, 255, &to) != NUM_OK))
		return bad_value(parse, source, text, "CODE[:NEW] with numbers from 0 to 255");
	parse->config->remap[from] = (uint8_t)to;
	return true;
}

/* One option. Returns false if the command must not run. */
static bool take(struct parse *parse, int option, const char *value)
{
	struct config *config = parse->config;
	struct outcome *outcome = parse->outcome;

	switch (option) {
	case 'a':
		config->target = TARGET_ALL;
		break;
	case 'c':
		parse->single = true;
		break;
	case 'd':
		return parse_seconds(parse, "--delay", value, &config->delay_ms);
	case 'e':
		return parse_remap(parse, "--remap", value, strlen(value));
	case 'g':
		config->target = TARGET_GROUP;
		break;
	case 'G':
		return parse_seconds(parse, "--grace", value, &config->grace_ms);
	case 'h':
		options_print(outcome, 0, STDOUT_FILENO, "%s", "");
		outcome->text = help;
		break;
	case 'l':
		options_print(outcome, 0, STDOUT_FILENO, LICENCE_NOTICE);
		break;
	case 'p':
		config->pdeathsig = signame_parse(value, strlen(value));
		return config->pdeathsig > 0 || bad_value(parse, "--pdeathsig", value, "a signal");
	case 'P':
		parse->pause = true;
		break;
	case 'r':
		return parse_rewrite(parse, "--rewrite", value, strlen(value));
	case 's':
		config->subreaper = SUBREAPER_MUST;
		break;
	case 'S':
		parse->setsid = true;
		break;
	case 't':
		return parse_seconds(parse, "--kill-after", value, &config->kill_after_ms);
	case 'v':
		config->verbosity++;
		break;
	case 'V':
		options_print(outcome, 0, STDOUT_FILENO, NAME " " VERSION "\n");
		break;
	case 'w':
		config->warn_reaped = true;
		break;
	case 'W':
		config->wait_all = true;
		break;
	}
	return outcome->run;
}

/* Calls one() for each item of a comma-separated variable. An empty one counts as unset. */
static bool take_list(struct parse *parse, const char *name,
		      bool (*one)(struct parse *parse, const char *source, const char *text, size_t len))
{
	const char *list = options_env(parse->invocation, name);

	while (list && *list) {
		size_t len = strcspn(list, ",");
		if (!one(parse, name, list, len))
			return false;
		list += len + (list[len] == ',');
	}
	return true;
}

static bool take_seconds(struct parse *parse, const char *name, int64_t *ms)
{
	const char *value = options_env(parse->invocation, name);

	return !value || !*value || parse_seconds(parse, name, value, ms);
}

static bool take_forward(struct parse *parse)
{
	const char *value = options_env(parse->invocation, "DINIT_FORWARD");

	if (!value || !*value)
		return true;
	parse->child_only = strcmp(value, "child") == 0;
	if (parse->child_only)
		parse->config->target = TARGET_CHILD;
	else if (strcmp(value, "group") == 0)
		parse->config->target = TARGET_GROUP;
	else if (strcmp(value, "all") == 0)
		parse->config->target = TARGET_ALL;
	else
		return bad_value(parse, "DINIT_FORWARD", value, "child, group or all");
	return true;
}

/* Read after argv, as in tini and dumb-init: the environment of a container overrides what its image has. */
static bool take_environment(struct parse *parse)
{
	const struct invocation *invocation = parse->invocation;
	struct config *config = parse->config;

	options_tini_environment(invocation, config);
	if (options_env_is(invocation, "DUMB_INIT_DEBUG", "1"))
		config->verbosity = MESSAGE_VERBOSITY_MAX;
	if (options_env_is(invocation, "DUMB_INIT_SETSID", "0")) {
		parse->setsid = false;
		parse->single = true;
	}
	return take_seconds(parse, "DINIT_DELAY", &config->delay_ms) &&
	       take_seconds(parse, "DINIT_GRACE", &config->grace_ms) &&
	       take_seconds(parse, "DINIT_KILL_AFTER", &config->kill_after_ms) && take_forward(parse) &&
	       take_list(parse, "DINIT_REWRITE", parse_rewrite) &&
	       take_list(parse, "DINIT_REMAP", parse_remap);
}

/* Returns what is wrong with the combination of options, or NULL. */
static const char *cross_check(const struct parse *parse)
{
	char **command = parse->config->command;

	if (parse->pause && command)
		return "--pause excludes a command";
	if (!parse->pause && !command)
		return "no command; try --help";
	if (parse->setsid && parse->single)
		return "--setsid and --single-child exclude each other";
	if (parse->single && parse->config->target == TARGET_GROUP)
		return "--single-child has no group of its own to pass signals on to";
	return NULL;
}

/* --setsid and --single-child have dumb-init's job control. */
static void settle(struct parse *parse)
{
	struct config *config = parse->config;

	config->placement = parse->single ? PLACE_SHARED : parse->setsid ? PLACE_SESSION : PLACE_GROUP;
	if (config->placement != PLACE_GROUP)
		options_job_control(config);
	if (parse->setsid && config->target == TARGET_CHILD && !parse->child_only)
		config->target = TARGET_GROUP;
	/* --wait-all and --grace handle the group later, with all remaining processes. */
	if (parse->setsid && !config->wait_all && config->grace_ms < 0)
		config->end_signal = SIGTERM;
}

void options_native(const struct invocation *invocation, struct config *config, struct outcome *outcome)
{
	struct option_scan scan = {
		.argv = invocation->argv, .letters = "acd:e:gG:hlp:Pr:sSt:vVwW", .names = names, .index = 1};
	struct parse parse = {.invocation = invocation, .config = config, .outcome = outcome};
	int option;

	config->message = message_native;
	config->default_path = PATH_SEARCH_DEFAULT;
	config->codes =
		(struct exit_codes){EXIT_FAILED, EXIT_CANNOT, EXIT_NOTFOUND, EXIT_CANNOT, EXIT_CANNOT, 0};
	config->subreaper = SUBREAPER_TRY;
	while ((option = option_scan_next(&scan)) > 0)
		if (!take(&parse, option, scan.value))
			return;
	if (option == OPTION_SCAN_ERROR) {
		options_print(outcome, EXIT_FAILED, STDERR_FILENO, "%s: %s\n", invocation->argv[0],
			      scan.error);
		return;
	}
	if (invocation->argv[scan.index])
		config->command = invocation->argv + scan.index;
	if (!take_environment(&parse))
		return;
	const char *conflict = cross_check(&parse);
	if (conflict) {
		options_print(outcome, EXIT_FAILED, STDERR_FILENO, NAME ": %s\n", conflict);
		return;
	}
	settle(&parse);
}
