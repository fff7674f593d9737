#include "init/options_common.h"

#include <limits.h>
#include <string.h>

#include "common/msg.h"
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
