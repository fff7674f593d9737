/*
 * Reads options as getopt_long(3) does with a leading '+', and says what is wrong in the same words, without
 * its global state, its environment variable and its output. Pure.
 */
#ifndef INIT_SCAN_H
#define INIT_SCAN_H

#include "init/config.h"

#include <stddef.h>

struct scan_long {
	char name[15]; /* without the dashes; the list ends with an empty one */
	char letter;
};

struct scan {
	char **argv;
	const char *letters;           /* "ab:": b takes a value */
	const struct scan_long *longs; /* NULL: a word with two dashes is a cluster with '-' in it */
	int index;                     /* the next word; after SCAN_END the first that is no option */
	const char *cluster;           /* the rest of a word like -vvg; NULL between words */
	const char *value;             /* of the option just returned */
};

enum {
	SCAN_END = 0,
	SCAN_ERROR = -1,
};

/* The option's letter, SCAN_END, or SCAN_ERROR with what is wrong in error[], as "NAME: invalid option --
 * 'x'". */
COLD int scan_next(struct scan *scan, char *error, size_t size);

#endif
