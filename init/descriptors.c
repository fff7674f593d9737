/* See descriptors.h. */
#include "init/descriptors.h"

#include <limits.h>
#include <sys/syscall.h>
#include <unistd.h>

#define BLIND_MAX 65536 /* the limit may be a billion, but no descriptor that high is open in practice */

void descriptors_close_from(int first)
{
	if (syscall(SYS_close_range, first, UINT_MAX, 0) == 0)
		return;
	/* Before Linux 5.9, or where a filter forbids it. */
	for (int fd = first; fd < BLIND_MAX; fd++)
		close(fd);
}
