/*
 * Reads options as getopt_long(3) does with a leading '+', and reports errors in the same words, but without
 * its global variables, its environment variable and its output. Pure.
 */
#pragma once

#include <stddef.h>

struct option_name {
	char name[15]; /* without the dashes; the list ends with an empty name */
	char letter;   /* returned for this option; if it is not in letters, the option has no value */
};

struct option_scan {
	char *const *argv;
	const char *letters;             /* "ab:": b takes a value */
	const struct option_name *names; /* NULL: no long options; "--x" is then the letters '-' and 'x' */
	int index;                       /* the next argument; at the end the first that is not an option */
	const char *cluster;             /* the rest of an argument like -vvg; NULL between arguments */
	const char *value;               /* of the option just returned */
	char error[512];                 /* why, such as "invalid option -- 'x'" */
};

enum {
	OPTION_SCAN_END = 0,
	OPTION_SCAN_ERROR = -1,
};

/* Returns the option's letter, OPTION_SCAN_END, or OPTION_SCAN_ERROR, after which the scan must not go on. */
__attribute__((cold)) int option_scan_next(struct option_scan *scan);
