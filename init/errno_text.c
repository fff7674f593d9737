/* See errno_text.h. */
#include "init/errno_text.h"

#include <errno.h>

#include "common/msg.h"
#include "init/string_list.h"

static const unsigned char errors[] = {EPERM,        ENOENT, ESRCH,  EIO,     ENXIO,  E2BIG,  ENOEXEC,
				       EBADF,        EAGAIN, ENOMEM, EACCES,  EFAULT, EBUSY,  ENODEV,
				       ENOTDIR,      EISDIR, EINVAL, ENFILE,  EMFILE, ENOTTY, ETXTBSY,
				       ENAMETOOLONG, ENOSYS, ELOOP,  ELIBBAD, ESTALE};

/* In the same order. */
static const char words[] = "Operation not permitted\0"
			    "No such file or directory\0"
			    "No such process\0"
			    "Input/output error\0"
			    "No such device or address\0"
			    "Argument list too long\0"
			    "Exec format error\0"
			    "Bad file descriptor\0"
			    "Resource temporarily unavailable\0"
			    "Cannot allocate memory\0"
			    "Permission denied\0"
			    "Bad address\0"
			    "Device or resource busy\0"
			    "No such device\0"
			    "Not a directory\0"
			    "Is a directory\0"
			    "Invalid argument\0"
			    "Too many open files in system\0"
			    "Too many open files\0"
			    "Inappropriate ioctl for device\0"
			    "Text file busy\0"
			    "File name too long\0"
			    "Function not implemented\0"
			    "Too many levels of symbolic links\0"
			    "Accessing a corrupted shared library\0"
			    "Stale file handle";

const char *errno_text(int error, char buf[ERRNO_TEXT_MAX])
{
	for (int i = 0; i < (int)sizeof(errors); i++)
		if (errors[i] == error)
			return string_list_nth(words, i);
	msg_format(buf, ERRNO_TEXT_MAX, "Unknown error %d", error);
	return buf;
}
