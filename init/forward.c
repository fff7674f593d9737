/* See forward.h. */
#include "init/forward.h"

#include "init/descendants.h"
#include "init/kernel.h"

int forward(const struct state *state, int signal, const siginfo_t *info)
{
	int result;

	switch (state->config->target) {
	case TARGET_ALL:
		/* As PID 1 that is kill(-1), a success even where no process may be signalled. */
		if (descendants_signal(state->self, signal) > 0)
			return kernel_kill(state->child, 0) == -EPERM ? -EPERM : 0;
		break; /* without /proc the child at least */
	case TARGET_GROUP:
		result = kernel_kill(-state->child, signal);
		if (result != -ESRCH)
			return result;
		break; /* the child has left its group, or is not in it yet */
	case TARGET_CHILD:
		break;
	}
	/* With the value of sigqueue(3). A sender's pid that may not be passed on comes back as EPERM. */
	if (info && info->si_code < 0 && kernel_sigqueueinfo(state->child, signal, info) == 0)
		return 0;
	return kernel_kill(state->child, signal);
}
