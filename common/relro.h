/*
 * RELRO: makes relocated data read-only. ld.so does this for a dynamic program, musl's static start-up does
 * not. Only whole pages are changed. Call it first in main(). A failure is ignored.
 */
#pragma once

void relro_protect(void);
