/*
 * From argv and the environment to a configuration. Pure: reads what it is given, changes *config, *outcome
 * and nothing else, prints nothing.
 */
#ifndef INIT_OPTIONS_H
#define INIT_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "init/config.h"

#define PEER_TINI_VERSION      "0.19.0"
#define PEER_DUMB_INIT_VERSION "1.2.5"

struct invocation {
	int argc;
	char **argv; /* argv[argc] is NULL; argv[0] is there */
	char **envp;
	pid_t self;
};

/* Go on, or say something and exit. */
struct outcome {
	bool run;
	int status;       /* if not: the exit status, */
	int fd;           /* where to say it, */
	char head[1024];  /* the text's beginning, */
	const char *text; /* and the rest of it, or NULL */
};

/* The dialect is the name in argv[0]; an unknown one is native. A command is not looked up here. */
void options_parse(const struct invocation *invocation, struct config *config, struct outcome *outcome);

/* The three dialects. *config holds the common defaults. */
void options_tini(const struct invocation *invocation, struct config *config, struct outcome *outcome);
void options_dumb_init(const struct invocation *invocation, struct config *config, struct outcome *outcome);
void options_native(const struct invocation *invocation, struct config *config, struct outcome *outcome);

/* For them. The environment variable's value, or NULL. */
const char *options_env(const struct invocation *invocation, const char *name);

/* A peer's reading of a number, after atoi(3): blanks, a sign, digits, kept within int; *end is behind them.
 */
int options_atoi(const char *text, const char **end);

/* Signal FROM is passed on as TO; TO 0: not at all. */
void options_rewrite(struct config *config, int from, int to);

/*
 * dumb-init's rules, after all rewrites are known: with a terminal's stop signals the init stops itself; and
 * as nobody in a session of its own would be woken from a SIGTSTP, the child's group gets SIGSTOP instead.
 */
void options_session(struct config *config);

/* What was said cannot be done, or is all that was asked for: fills in outcome, text as printf's. */
void options_say(struct outcome *outcome, int status, int fd, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* The last part of argv[0]. */
const char *options_basename(const char *path);

#define LICENCE_NOTICE                                                                                       \
	"Copyright (c) 2026, the praekelt-container-tools authors\n"                                         \
	"SPDX-License-Identifier: BSD-3-Clause\n"                                                            \
	"The whole text is in the source and in the package's copyright file.\n"

#endif
