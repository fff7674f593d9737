/* What the dialects' option parsers share. Pure: it reads what it is given and prints nothing. */
#ifndef INIT_OPTIONS_COMMON_H
#define INIT_OPTIONS_COMMON_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "init/config.h"

struct invocation {
	int argc;
	char **argv; /* argv[argc] is NULL; argv[0] is there */
	char **envp;
	pid_t self;
};

/* Run the command, or print something and exit. */
struct outcome {
	bool run;
	/* The rest only if run is false. */
	int status;
	int fd;           /* where to print, */
	char head[1024];  /* the beginning of the text, */
	const char *text; /* and the rest of it, or NULL */
};

#define LICENCE_NOTICE                                                                                       \
	"Copyright (c) 2026, the praekelt-container-tools authors\n"                                         \
	"SPDX-License-Identifier: BSD-3-Clause\n"                                                            \
	"The whole text is in the source and in the package's copyright file.\n"

/* Do not run: head is formatted as by printf(3), text left alone. */
void options_print(struct outcome *outcome, int status, int fd, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* The environment variable's value, or NULL. */
const char *options_env(const struct invocation *invocation, const char *name);

/* A number as atoi(3) reads it: blanks, a sign, digits, cut to the range of int; *end is behind them. */
int options_atoi(const char *text, const char **end);

/* Signal from is passed on as to; not at all if that is 0. */
void options_rewrite(struct config *config, int from, int to);

/*
 * dumb-init's job control, once placement and all rewrites are known: with a terminal's stop signals the init
 * stops itself, and a child in a session of its own gets SIGSTOP in place of them, as it would be in an
 * orphaned group, which they do not stop.
 */
void options_job_control(struct config *config);

#endif
