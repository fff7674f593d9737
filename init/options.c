#include "init/options.h"

#include <limits.h>
#include <string.h>

#include "common/msg.h"
#include "common/path_search.h"
#include "common/program_name.h"
#include "init/kernel.h"

const char *options_env(const struct invocation *invocation, const char *name)
{
	const size_t len = strlen(name);

	for (char **e = invocation->envp; *e; e++)
		if (strncmp(*e, name, len) == 0 && (*e)[len] == '=')
			return *e + len + 1;
	return NULL;
}

bool options_env_is(const struct invocation *invocation, const char *name, const char *value)
{
	const char *found = options_env(invocation, name);

	return found && strcmp(found, value) == 0;
}

int options_atoi(const char *text, const char **end)
{
	int64_t n = 0;

	while (*text == ' ' || (*text >= '\t' && *text <= '\r'))
		text++;
	bool negative = *text == '-';
	if (*text == '-' || *text == '+')
		text++;
	for (; *text >= '0' && *text <= '9'; text++)
		if (n <= INT_MAX)
			n = n * 10 + (*text - '0');
	if (end)
		*end = text;
	if (n > INT_MAX)
		n = INT_MAX;
	return (int)(negative ? -n : n);
}

void options_rewrite(struct config *config, int from, int to)
{
	config->rewrite[from] = (uint8_t)to;
	config->rewritten |= SIGNAL_BIT(from);
}

void options_tini_environment(const struct invocation *invocation, struct config *config)
{
	const char *verbosity = options_env(invocation, "TINI_VERBOSITY");

	if (options_env(invocation, "TINI_SUBREAPER"))
		config->subreaper = SUBREAPER_MUST;
	if (options_env(invocation, "TINI_KILL_PROCESS_GROUP"))
		config->target = TARGET_GROUP;
	if (verbosity)
		config->verbosity = (unsigned)options_atoi(verbosity, NULL);
}

void options_job_control(struct config *config)
{
	static const uint8_t stops[] = {SIGTSTP, SIGTTIN, SIGTTOU};

	for (size_t i = 0; i < sizeof(stops); i++) {
		config->suspend |= SIGNAL_BIT(stops[i]);
		if (config->placement == PLACE_SESSION && !(config->rewritten & SIGNAL_BIT(stops[i])))
			options_rewrite(config, stops[i], SIGSTOP);
	}
}

void options_print(struct outcome *outcome, int status, int fd, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	msg_vformat(outcome->head, sizeof(outcome->head), format, args);
	va_end(args);
	outcome->run = false;
	outcome->status = status;
	outcome->fd = fd;
}

void options_parse(const struct invocation *invocation, struct config *config, struct outcome *outcome)
{
	const char *name = program_name(invocation->argv[0]);

	if (*name == '-') /* as a login shell is called */
		name++;
	*config = (struct config){
		.default_path = PATH_SEARCH_GLIBC, .verbosity = 1, .grace_ms = -1, .kill_after_ms = -1};
	for (int n = 0; n <= SIGNAL_LAST; n++)
		config->rewrite[n] = (uint8_t)n;
	for (int status = 0; status < 256; status++)
		config->remap[status] = (uint8_t)status;
	outcome->run = true;
	outcome->head[0] = '\0';
	outcome->text = NULL;
	if (strcmp(name, "tini") == 0 || strcmp(name, "tini-static") == 0 || strcmp(name, "docker-init") == 0)
		options_tini(invocation, config, outcome);
	else if (strcmp(name, "dumb-init") == 0)
		options_dumb_init(invocation, config, outcome);
	else if (strcmp(name, "catatonit") == 0 || strcmp(name, "podman-init") == 0)
		options_catatonit(invocation, config, outcome);
	else
		options_native(invocation, config, outcome);
}
