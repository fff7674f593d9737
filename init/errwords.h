/*
 * The words of an errno, as glibc has them: logs do not depend on the libc the init was built with, and only
 * what can happen to an init takes up room. Pure.
 */
#ifndef INIT_ERRWORDS_H
#define INIT_ERRWORDS_H

/* "No such file or directory" for ENOENT, "Unknown error 999", in buf, for one without words. */
#define ERRWORDS_MAX 32
const char *errwords(int error, char buf[ERRWORDS_MAX]);

#endif
