/* Signal names and numbers. Pure. */
#ifndef INIT_SIGNAME_H
#define INIT_SIGNAME_H

#include <stddef.h>

/* "TERM" for 15, "RTMIN+1" for 35; buf is used for other numbers. Always terminated. */
#define SIGNAME_MAX 16
const char *signame_short(int signal, char buf[SIGNAME_MAX]);

/* What glibc's strsignal() says, "Terminated" for 15, with any libc. buf is used for what has a number in it.
 */
#define SIGNAME_WORDS_MAX 32
const char *signame_words(int signal, char buf[SIGNAME_WORDS_MAX]);

/* "SIGTERM" exactly, 1 to 31 only: the number, or -1. */
int signame_exact(const char *name);

/*
 * A person's way of saying it, the len bytes at text: name in any case, with or without SIG, RTMIN, RTMIN+N,
 * RTMAX, RTMAX-N, or a number from 1 to 64. The number, or -1.
 */
int signame_parse(const char *text, size_t len);

#endif
