/* The init's own descriptors. */
#ifndef INIT_DESCRIPTORS_H
#define INIT_DESCRIPTORS_H

#include "init/config.h"

/* Closes first and every higher one; with an old kernel or under a filter, those that can be found. */
COLD void descriptors_close_from(int first);

#endif
