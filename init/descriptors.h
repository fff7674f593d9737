/* The init's own descriptors. */
#ifndef INIT_DESCRIPTORS_H
#define INIT_DESCRIPTORS_H

/* Closes first and every higher one; with an old kernel or under a filter, those that can be found. */
void descriptors_close_from(int first);

#endif
