/* What dpkg has installed. Pure. */
#ifndef APTWRAP_PACKAGES_H
#define APTWRAP_PACKAGES_H

#include "text.h"

struct packages {
	struct list present; /* installed, whole or not */
	struct list broken;  /* of these the ones that wait to be configured, or worse */
};

/*
 * The words of the dpkg-query whose output packages_parse() reads. Names of the native architecture come
 * without it: dpkg prints it for some packages, apt never.
 */
void packages_query(struct list *argv);
void packages_parse(struct packages *packages, const char *native, const char *output, size_t len);

/* The length of a name without the native architecture. */
size_t packages_bare(const char *name, size_t len, const char *native);

/* Adds what is in after and not in before. */
void packages_new(struct list *added, const struct list *after, const struct list *before);

/* Adds what is in both. */
void packages_common(struct list *common, const struct list *a, const struct list *b);

/* Adds the lines of the output that are package names, as apt-mark prints them. */
void packages_parse_names(struct list *names, const char *output, size_t len);

/* A package's name as dpkg or apt print it: "libc6", "libc6:amd64". */
bool packages_valid_name(const char *name, size_t len);

#endif
