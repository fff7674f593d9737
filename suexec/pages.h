/*
 * Memory straight from the kernel, zeroed and touched only where it is used. There is nothing to free: the
 * program ends or becomes another.
 */
#ifndef SUEXEC_PAGES_H
#define SUEXEC_PAGES_H

#include <stddef.h>

/* Returns NULL with errno. */
void *pages_get(size_t size);

#endif
