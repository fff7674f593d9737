/* The command line, and what the program says about it. Pure but for package_list_read() and help_*(). */
#ifndef APTWRAP_CLI_CLI_H
#define APTWRAP_CLI_CLI_H

#include "aptwrap/strings.h"

/* The status to end with where apt-get itself did not fail. */
enum { STATUS_OURS = 125 };

enum verb { VERB_INSTALL, VERB_PURGE, VERB_CLEAN, VERB_LIST };

/* Options of apt's: of apt-get install or purge, of apt-get update alone, of every command. */
enum apt_option_kind { APT_ACTION, APT_UPDATE, APT_COMMON, APT_KINDS };

struct options {
	enum verb verb;
	const char *called; /* the name that we were started by, without its directory */
	bool minideb;       /* that is install_packages: nothing to install is a success */

	struct list apt_options[APT_KINDS]; /* for apt, with their values */
	struct list names;                  /* packages and groups */

	struct list files;        /* --file, and "-" for standard input */
	const char *group;        /* --virtual, or NULL */
	struct list keep_linked;  /* --keep-linked */
	bool runtime_deps;        /* --runtime-deps */
	struct list runtime_dirs; /* its directories; empty: Python's */
	const char *snapshot;     /* --snapshot, or NULL */

	unsigned retries, lock_timeout_s, timeout_s; /* timeout_s 0: wait for ever */
	bool recommends, logs, trace, verbose, quiet, dry_run, help, version;
	bool simulate; /* apt-get is asked to change nothing, -s or the like: its output is the result */
};

/* Reads argv. Returns NULL, or what is wrong; *about is then the word it is about, or NULL. */
const char *options_parse(struct options *options, int argc, char *const *argv, const char **about);
/* [a-z0-9.+_-]+, not too long, neither "." nor "..". */
bool options_valid_group(const char *name);

/*
 * Lists of packages: one name a line, "#" begins a comment, blanks around a name do not count. Returns NULL,
 * or what is wrong with the line whose number is then in *bad_line.
 */
const char *package_list_parse(struct list *names, const char *data, unsigned long *bad_line);
/* Adds the names in the files; "-" is standard input. Returns false after a message. */
bool package_list_read(struct list *names, const struct list *files);

/* Each returns the status to end with: one line about a wrong command line; --help or --version. */
int help_error(const struct options *options, const char *wrong, const char *about);
int help_print(const struct options *options);

#endif
