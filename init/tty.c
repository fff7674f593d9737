/* See tty.h. SIGTTOU is blocked in the init, so a background group may make these calls. */
#include "init/tty.h"

#include <errno.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool tty_foreground(void)
{
	/* Both are 0 if the groups' leaders are outside our PID namespace: foreground, as in tini. */
	pid_t group = tcgetpgrp(STDIN_FILENO);

	return group >= 0 && group == getpgrp();
}

bool tty_is_free(void)
{
	pid_t group = tcgetpgrp(STDIN_FILENO);

	return group > 1 && kill(-group, 0) < 0 && errno == ESRCH;
}

bool tty_present(void)
{
	return tcgetpgrp(STDIN_FILENO) >= 0 || tcgetpgrp(STDOUT_FILENO) >= 0 || tcgetpgrp(STDERR_FILENO) >= 0;
}

void tty_give(pid_t group)
{
	tcsetpgrp(STDIN_FILENO, group);
}

void tty_take_back(pid_t group)
{
	if (tcgetpgrp(STDIN_FILENO) == group)
		tcsetpgrp(STDIN_FILENO, getpgrp());
}

int tty_detach(bool *leader)
{
	if (ioctl(STDIN_FILENO, TIOCNOTTY) < 0)
		return errno;
	*leader = getsid(0) == getpid();
	return 0;
}
