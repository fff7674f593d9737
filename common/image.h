/*
 * The program's own image in memory, found through its program headers. Linux page sizes of 4 kB and up: what
 * is not whole pages is left alone.
 */
#ifndef COMMON_IMAGE_H
#define COMMON_IMAGE_H

/*
 * Makes the relocated data read-only, which ld.so does for a dynamic program and musl's static start does
 * not. Call it first in main(). A failure leaves it as it was.
 */
void image_protect(void);

/*
 * Gives the pages of read-only data back: texts that were read once, at the start. They stay in the page
 * cache and come back when they are read again.
 */
void image_give_back(void);

#endif
