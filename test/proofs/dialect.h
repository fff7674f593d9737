/*
 * What the proofs of the dialects share: the option scanner and the parsers of words are stubs, which give anything
 * that the originals give by proofs option_scan, signame and num. NAME is what the init is called by.
 */
#pragma once

#include <string.h>

#include "common/msg.h"
#include "common/num.h"
#include "common/option_scan.h"
#include "common/program_name.h"
#include "init/kernel.h"
#include "init/options.h"
#include "init/signame.h"
#include "libc.h"
#include "proof.h"

#define OPTIONS_MAX 2 /* in one command line */
#define TEXT_MAX    3 /* bytes of each value and variable */

static char text[TEXT_MAX + 1];

static const char *any_text(void)
{
	const size_t skip = nondet_uint64();

	ASSUME(skip <= TEXT_MAX);
	return text + skip;
}

int option_scan_next(struct option_scan *scan)
{
	static int calls;
	const int letter = nondet_int();

	if (calls++ == OPTIONS_MAX || nondet_bool()) {
		scan->index = 1 + nondet_bool();
		return nondet_bool() ? OPTION_SCAN_END : OPTION_SCAN_ERROR;
	}
	ASSUME(letter > ' ' && letter < 127 && letter != ':');
	const char *known = strchr(scan->letters, letter);
	ASSUME(known != NULL);
	scan->value = known[1] == ':' ? any_text() : NULL;
	return letter;
}

int signame_parse(const char *name, size_t len)
{
	const int signal = nondet_int();

	PROVE(len == 0 || __CPROVER_r_ok(name, len), "the name is there");
	ASSUME(signal == -1 || (signal >= 1 && signal <= SIGNAL_LAST));
	return signal;
}

int signame_exact(const char *name)
{
	return signame_parse(name, strlen(name));
}

enum num_result num_parse(const char *number, size_t len, uint64_t max, uint64_t *value)
{
	PROVE(len == 0 || __CPROVER_r_ok(number, len), "the number is there");
	if (len == 0 || nondet_bool())
		return nondet_bool() ? NUM_MALFORMED : NUM_RANGE;
	*value = nondet_uint64();
	ASSUME(*value <= max);
	return NUM_OK;
}

enum num_result num_parse_seconds(const char *seconds, uint64_t max_ms, uint64_t *ms)
{
	return num_parse(seconds, strlen(seconds), max_ms, ms);
}

const char *program_name(const char *argv0)
{
	return NAME;
}

size_t msg_vformat(char *buf, size_t size, const char *format, va_list args)
{
	return 0;
}

const char *options_env(const struct invocation *invocation, const char *name)
{
	return nondet_bool() ? any_text() : NULL;
}

/* The rest of options.c is as it is. */
#define options_print original_print
#include "init/options.c"
#undef options_print

void options_print(struct outcome *outcome, int status, int fd, const char *format, ...)
{
	PROVE(fd == 1 || fd == 2, "standard output or standard error");
	outcome->run = false;
}

/* What the rest of the init relies on if the command is to run. */
static void check_config(bool may_pause)
{
	char word[] = "x";
	char *argv[] = {word, word, NULL};
	char *envp[] = {NULL};
	const struct invocation invocation = {.argv = argv, .envp = envp, .self = 1};
	struct config config;
	struct outcome outcome;
	char any[TEXT_MAX];
	size_t n;

	memcpy(text, any, TEXT_MAX);
	options_parse(&invocation, &config, &outcome);
	if (!outcome.run)
		return;
	PROVE(config.command == argv + 1 || (may_pause && !config.command), "a command, or none by design");
	ASSUME(n <= SIGNAL_LAST);
	PROVE(config.rewrite[n] <= SIGNAL_LAST, "what is sent is a signal, or 0");
	PROVE(config.rewrite[SIGCHLD] == SIGCHLD || !may_pause, "SIGCHLD is the init's own");
	PROVE((unsigned)config.placement <= PLACE_SHARED && (unsigned)config.target <= TARGET_ALL,
	      "in range");
	PROVE(config.grace_ms >= -1 && config.grace_ms <= 3600000, "the grace period is an hour at most");
	PROVE(config.delay_ms >= 0 && config.delay_ms <= 3600000, "so is the delay");
	PROVE(config.kill_after_ms >= -1 && config.kill_after_ms <= 3600000, "and the time until KILL");
	PROVE(config.end_signal >= 0 && config.end_signal <= SIGNAL_LAST, "the last signal");
	PROVE(config.end_signal == 0 || (!config.wait_all && config.grace_ms < 0),
	      "is sent if nobody is waited for");
	PROVE(config.placement != PLACE_SHARED || config.target != TARGET_GROUP, "no group to send to");
	PROVE(config.pdeathsig >= 0 && config.pdeathsig <= SIGNAL_LAST, "the signal of the parent's death");
	PROVE(config.message && config.default_path, "messages and a path");
	REACH(config.command, "it runs");
	REACH(n == SIGTERM && config.rewrite[n] == (REWRITES ? SIGINT : SIGTERM), "rewritten as it may be");
	REACH(config.target == TARGET_GROUP, "to a group");
}
