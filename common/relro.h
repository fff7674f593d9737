/*
 * The program's own image in memory, found through its program headers.
 */
#ifndef COMMON_RELRO_H
#define COMMON_RELRO_H

/*
 * Makes the whole pages of relocated data read-only (RELRO). ld.so does that for a dynamic program, musl's
 * static start-up does not. Call it first in main(). A failure is ignored.
 */
void relro_protect(void);

#endif
