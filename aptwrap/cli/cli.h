/* The command line, package lists, --help and errors. options_parse() and package_list_parse() are pure. */
#pragma once

#include "aptwrap/strings.h"

/* The exit status if this program fails, and not apt-get. */
enum { STATUS_OURS = 125 };

enum verb { VERB_INSTALL, VERB_PURGE, VERB_CLEAN, VERB_LIST };

/* Which commands get an option of apt: apt-get install and purge; apt-get update; every command of apt. */
enum apt_option_kind { APT_ACTION, APT_UPDATE, APT_COMMON, APT_KINDS };

struct options {
	enum verb verb;
	const char *called; /* the name that the program was started by, without the directory */
	bool minideb;       /* that name is install_packages: without packages it succeeds */

	struct list apt_options[APT_KINDS]; /* with their values */
	struct list names;                  /* packages and groups */

	struct list files;        /* --file, and "-" for standard input */
	const char *group;        /* --virtual, or NULL */
	struct list keep_linked;  /* --keep-linked */
	bool runtime_deps;        /* --runtime-deps */
	struct list runtime_dirs; /* its directories; if empty, those of Python */
	const char *snapshot;     /* --snapshot, or NULL */

	unsigned retries, lock_timeout_s, timeout_s; /* timeout_s 0: no time-out */
	bool recommends, logs, trace, verbose, quiet, dry_run, help, version;
	bool simulate; /* apt-get has an option such as -s: nothing changes, and its output is the result */
};

/* Reads argv. Returns NULL, or an error; *about is then the argument that is wrong, or NULL. */
const char *options_parse(struct options *options, int argc, char *const *argv, const char **about);
/* Whether it is [a-z0-9.+_-]+, short enough, and neither "." nor "..". */
bool options_valid_group(const char *name);

/* Adds one name per line; "#" starts a comment. Returns NULL, or an error in line *bad_line. */
const char *package_list_parse(struct list *names, const char *data, unsigned long *bad_line);
/* Adds the names in the files; "-" is standard input. Returns false after a message. */
bool package_list_read(struct list *names, const struct list *files);

/* Prints the error in one line. Returns the exit status. */
int help_error(const struct options *options, const char *wrong, const char *about);
/* Prints --help or --version. Returns the exit status. */
int help_print(const struct options *options);
