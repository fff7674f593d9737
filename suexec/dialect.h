/* The usage, messages and exit statuses that depend on the name that the program is called by. Pure. */
#pragma once

#include <stdbool.h>

struct dialect {
	const char *name;      /* NULL: every other name, the native dialect */
	const char *prefix;    /* of every message */
	const char *usage;     /* printed if arguments are missing or wrong */
	int usage_fd;          /* where the usage is printed */
	const char *help;      /* printed by --help; NULL: there is neither --help nor --version */
	const char *version;   /* printed by --version */
	bool has_options;      /* the native options; otherwise --help and --version as the first argument */
	bool needs_path;       /* there is no default for an unset PATH */
	bool from_current_dir; /* PATH may name directories relative to the current one */
	int failed;            /* exit status if this program fails */
	int not_found;         /* exit status if the command does not exist */
	int cannot_run;        /* exit status if the command cannot be executed */
};

/* Returns the dialect for program_name(argv0); argv0 may be NULL. */
const struct dialect *dialect_of(const char *argv0);
