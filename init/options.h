/* The command line and the environment. Pure: changes only *config and *outcome. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "init/config.h"

struct invocation {
	char **argv; /* argv[0] is not NULL */
	char **envp;
	pid_t self;
};

/* Run the command, or print something and exit. */
struct outcome {
	bool run;
	/* The rest only if run is false. */
	int status;
	int fd; /* print head and text here */
	char head[1024];
	const char *text; /* or NULL */
};

#define LICENCE_NOTICE                                                                                       \
	"Copyright (c) 2026, the praekelt-container-tools authors\n"                                         \
	"SPDX-License-Identifier: BSD-3-Clause\n"                                                            \
	"The whole text is in the source and in the package's copyright file.\n"

/*
 * Parses argv and the environment in the dialect of the name in argv[0]; an unknown name means the native
 * one. The command is not looked up here.
 */
void options_parse(const struct invocation *invocation, struct config *config, struct outcome *outcome);

/* The dialects, each in options_NAME.c. *config holds the common defaults. */
typedef void options_dialect(const struct invocation *invocation, struct config *config,
			     struct outcome *outcome);
options_dialect options_tini, options_dumb_init, options_catatonit, options_native;

/* The rest is for the dialects. Sets run to false and formats head; does not change text. */
void options_print(struct outcome *outcome, int status, int fd, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* The environment variable's value, or NULL. */
const char *options_env(const struct invocation *invocation, const char *name);

/* Whether the environment variable has this value. */
bool options_env_is(const struct invocation *invocation, const char *name, const char *value);

/* Reads a number as atoi(3) does, limited to the range of int. *end, unless NULL, follows its last digit. */
int options_atoi(const char *text, const char **end);

/* Passes signal from on as to; 0: drops it. */
void options_rewrite(struct config *config, int from, int to);

/* Reads the environment variables of tini. */
void options_tini_environment(const struct invocation *invocation, struct config *config);

/*
 * Sets dumb-init's job control, after placement and all rewrites: the terminal's stop signals also stop the
 * init. A child in its own session gets SIGSTOP: the kernel drops the others in an orphaned group.
 */
void options_job_control(struct config *config);
