/*
 * The words of an errno, as glibc has them: the log does not depend on the libc that the init is
 * built with. Only errors that an init can meet are listed. Pure.
 */
#ifndef INIT_ERRNO_TEXT_H
#define INIT_ERRNO_TEXT_H

/* "No such file or directory" for ENOENT, "Unknown error 999", in buf, for one without words. */
#define ERRNO_TEXT_MAX 32
const char *errno_text(int error, char buf[ERRNO_TEXT_MAX]);

#endif
