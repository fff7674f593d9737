/* Signal names and numbers. Pure. */
#pragma once

#include <stddef.h>

/* "TERM" for 15, "RTMIN+1" for 35. Numbers above 31 are formatted in buf. */
#define SIGNAME_MAX 16
const char *signame_short(int signal, char buf[SIGNAME_MAX]);

/* "Terminated" for 15, as glibc's strsignal(3) has it, with any libc. buf: as above. */
#define SIGNAME_WORDS_MAX 32
const char *signame_words(int signal, char buf[SIGNAME_WORDS_MAX]);

/* Returns the number of a name that is written exactly like SIGTERM, 1 to 31, or -1. */
int signame_exact(const char *name);

/*
 * Returns the number of the signal that the len bytes at text name, or -1: a name in any case, with or
 * without SIG, RTMIN, RTMIN+N, RTMAX, RTMAX-N, or a number from 1 to 64.
 */
int signame_parse(const char *text, size_t len);
