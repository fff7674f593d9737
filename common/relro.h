/*
 * RELRO: makes relocated data read-only.
 */
#pragma once

/*
 * ld.so does this for a dynamic program, musl's static start-up does not. Only whole pages are changed. Call
 * it first in main(). A failure is ignored.
 */
void relro_protect(void);
