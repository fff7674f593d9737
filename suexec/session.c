/* See session.h. */
#include "session.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

bool session_start(struct problem *why)
{
	if (setsid() >= 0 || getsid(0) == getpid())
		return true;
	/*
	 * A shell with job control made us the leader of a process group, and such a leader cannot leave its
	 * session. setsid(1) forks for that; we stay the same process and join the parent's group first.
	 */
	if (setpgid(0, getpgid(getppid())) == 0 && setsid() >= 0)
		return true;
	return problem(why, "cannot start a session: %s", strerror(errno));
}
