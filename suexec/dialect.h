/*
 * What the program is called by, and all that follows from the name. Pure.
 */
#ifndef SUEXEC_DIALECT_H
#define SUEXEC_DIALECT_H

#include <stdbool.h>

struct dialect {
	char name[16];
	char prefix[20];       /* in front of every message */
	bool has_options;      /* the native ones; the others take a user spec at once */
	bool has_help;         /* --help and --version as the first argument */
	bool usage_to_stdout;  /* where arguments are missing */
	bool needs_path;       /* no default where PATH is unset */
	bool from_current_dir; /* PATH may lead to the current directory */
	int failed;            /* exit status: our own failure */
	int not_found;         /* no such command */
	int cannot_run;        /* a command that cannot be executed */
};

/* By the last part of argv[0]; every unknown name is native. */
const struct dialect *dialect_of(const char *argv0);

/* What --help and --version print, newline included. brief: no more than the first line of help. */
const char *dialect_usage(const struct dialect *dialect, bool brief);
const char *dialect_version(const struct dialect *dialect);

#endif
