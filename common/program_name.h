/*
 * The name that a program goes by, which decides what options and exit statuses it has.
 *
 * A bare binary, such as gosu-arm64, carries its name, so that it is gosu whatever the file is called.
 * release/binaries.sh writes the name into the copy of a file. In a package's files that place is empty.
 */
#ifndef COMMON_PROGRAM_NAME_H
#define COMMON_PROGRAM_NAME_H

/* Returns the name that this file carries, or else the last part of argv0. "" if that is NULL. */
const char *program_name(const char *argv0);

#endif
