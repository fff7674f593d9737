/*
 * The words of an errno, as glibc has them: the log does not depend on the libc that the init is
 * built with. Only errors that an init can meet are listed. Pure.
 */
#ifndef INIT_ERRWORDS_H
#define INIT_ERRWORDS_H

/* "No such file or directory" for ENOENT, "Unknown error 999", in buf, for one without words. */
#define ERRWORDS_MAX 32
const char *errwords(int error, char buf[ERRWORDS_MAX]);

#endif
