/* See descriptors.h. */
#include "init/descriptors.h"

#include <limits.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define BLIND_MAX 65536 /* limits of a billion are common, closing a billion numbers is not */

void descriptors_close_from(int first)
{
	struct rlimit limit;

	if (syscall(SYS_close_range, first, UINT_MAX, 0) == 0)
		return;
	/* Before Linux 5.9, or where a filter forbids it. The limit may be lower than an open descriptor,
	 * rarely. */
	if (getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur > BLIND_MAX)
		limit.rlim_cur = BLIND_MAX;
	for (int fd = first; fd < (int)limit.rlim_cur; fd++)
		close(fd);
}
