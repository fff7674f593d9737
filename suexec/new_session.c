#include "new_session.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

bool new_session_start(struct error *why)
{
	if (setsid() >= 0)
		return true;
	/*
	 * A shell with job control made us the leader of a process group, and such a leader cannot leave its
	 * session. setsid(1) forks for that; we stay the same process and join the parent's group first.
	 */
	if (getsid(0) != getpid())
		return (setpgid(0, getpgid(getppid())) == 0 && setsid() >= 0) ||
		       error_set_errno(why, "cannot start a session");
	/*
	 * A session leader cannot leave its session. It could give up the terminal (TIOCNOTTY), but the
	 * command, a session leader too, could then acquire it again.
	 */
	if (open("/dev/tty", O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK) >= 0)
		return error_set(why,
				 "cannot start a session: this process leads the session of its terminal "
				 "already; run it as a child, for example of an init");
	return errno == ENXIO || error_set_errno(why, "cannot start a session: /dev/tty");
}
