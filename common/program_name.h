/*
 * The name of the program, which decides its options and exit statuses.
 *
 * A single-file release such as gosu-arm64 contains its name, so that it is gosu whatever the file is called:
 * release/binaries.sh writes the name into it. In the packages' files that place is empty.
 */
#pragma once

/* Returns the name in this file, or else the last part of argv0; "" if that is NULL. */
const char *program_name(const char *argv0);
