/* The init's own descriptors. */
#ifndef INIT_DESCRIPTORS_H
#define INIT_DESCRIPTORS_H

/* Closes first and every higher descriptor; up to 65535 where close_range(2) is missing or refused. */
void descriptors_close_from(int first);

#endif
