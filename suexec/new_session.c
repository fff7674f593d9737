/* See new_session.h. */
#include "new_session.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/*
 * A leader stays in its session. Giving the terminal up (TIOCNOTTY) would be no help: then the terminal
 * belongs to nobody, and the command, a session leader too, could take it again.
 */
static bool check_no_terminal(struct error *why)
{
	int fd = open("/dev/tty", O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd < 0 && errno == ENXIO)
		return true;
	if (fd < 0)
		return error_set_errno(why, "cannot start a session: /dev/tty");
	close(fd);
	return error_set(why,
			 "cannot start a session: this process leads the session of its terminal already; "
			 "run it as a child, for example of an init");
}

bool new_session_start(struct error *why)
{
	if (setsid() >= 0)
		return true;
	if (getsid(0) == getpid())
		return check_no_terminal(why);
	/*
	 * A shell with job control made us the leader of a process group, and such a leader cannot leave its
	 * session. setsid(1) forks for that; we stay the same process and join the parent's group first.
	 */
	if (setpgid(0, getpgid(getppid())) == 0 && setsid() >= 0)
		return true;
	return error_set_errno(why, "cannot start a session");
}
