/* The text of an errno as glibc's strerror(3) has it, for the errors that the init can get. Pure. */
#pragma once

/* "No such file or directory" for ENOENT; "Unknown error 999", in buf, for one that is not listed. */
#define ERRNO_TEXT_MAX 32
const char *errno_text(int error, char buf[ERRNO_TEXT_MAX]);
