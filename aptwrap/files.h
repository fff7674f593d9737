/* Files that the user names. */
#ifndef APTWRAP_FILES_H
#define APTWRAP_FILES_H

#include "text.h"

/* Reads all of fd, at most max bytes. Returns 0, or -1 with errno, EFBIG if there is more. */
int files_read_all(int fd, size_t max, struct text *text);

/* Adds the names of package lists; "-" is standard input. Returns 0, or the status to end with after a
 * message. */
int files_names(struct list *names, const struct list *files);

#endif
