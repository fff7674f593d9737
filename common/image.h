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

#endif
