/*
 * What depends on the name that the program is called by. Pure.
 */
#ifndef SUEXEC_DIALECT_H
#define SUEXEC_DIALECT_H

#include <stdbool.h>

struct dialect {
	char name[16];
	char prefix[20];       /* of every message */
	bool has_options;      /* the native options; otherwise the user comes first */
	bool has_help;         /* --help and --version, as the first argument only */
	bool usage_to_stdout;  /* if arguments are missing; otherwise to stderr */
	bool needs_path;       /* there is no default for an unset PATH */
	bool from_current_dir; /* PATH may lead to the current directory */
	int failed;            /* the exit status of our own failure, */
	int not_found;         /* of a command that does not exist, */
	int cannot_run;        /* and of one that cannot be executed */
};

/* By name_of(argv0); argv0 may be NULL; every unknown name is native. */
const struct dialect *dialect_of(const char *argv0);

/* What --help and --version print, with the newline. brief: the synopsis only. */
const char *dialect_usage(const struct dialect *dialect, bool brief);
const char *dialect_version(const struct dialect *dialect);

#endif
