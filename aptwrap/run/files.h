/* Files, read whole. */
#ifndef APTWRAP_RUN_FILES_H
#define APTWRAP_RUN_FILES_H

#include "aptwrap/text.h"

/* Adds all that is read from fd, max bytes at most. Returns 0, or -1 with errno; EFBIG if there is more. */
int files_read_all(int fd, size_t max, struct text *text);

/* The same for a file of at most a few MB in the directory. */
int files_read(int directory, const char *name, struct text *text);

/* Adds the names in the package lists; "-" is standard input. Returns 0, or 125 after a message. */
int files_names(struct list *names, const struct list *files);

#endif
