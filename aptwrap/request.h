/*
 * The command line, understood: which verb, which of the options are ours, what goes to apt-get as it stands.
 * Pure: nothing is read but argv, nothing printed.
 */
#ifndef APTWRAP_REQUEST_H
#define APTWRAP_REQUEST_H

#include "text.h"

#include <stdbool.h>
#include <stddef.h>

enum verb {
	VERB_INSTALL,
	VERB_PURGE,
	VERB_CLEAN,
	VERB_LIST,
	VERB_HELP,
	VERB_VERSION,
};

/* One word for apt-get, in its place; name says that it is a package (or a group), not an option or its
 * value. */
struct request_word {
	const char *text;
	bool name;
};

struct request {
	enum verb verb;
	const char *called; /* the name that messages begin with */
	bool minideb;       /* called as install_packages: nothing to install is no error */

	struct request_word *words; /* what apt-get gets, in order, without a "--" */
	size_t word_count;
	size_t name_count;

	struct list files;        /* --file, and "-" for standard input */
	const char *group;        /* --virtual, or NULL */
	struct list keep_linked;  /* --keep-linked */
	bool runtime_deps;        /* --runtime-deps was given */
	struct list runtime_dirs; /* its directories; none means python's */
	const char *snapshot;     /* --snapshot, or NULL */

	unsigned retries, lock_timeout_s, stall_timeout_s;
	bool recommends, logs, trace, verbose, quiet, dry_run;
	bool simulate; /* apt-get itself is asked to do nothing but tell */
};

/*
 * Reads argv. Returns NULL, or what is wrong with it, to be shown with *about where that is not NULL.
 * The strings of argv are kept by reference.
 */
const char *request_parse(struct request *request, int argc, char *const *argv, const char **about);

#endif
