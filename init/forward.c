#include "init/forward.h"

#include "init/descendants.h"
#include "init/kernel.h"

int forward(const struct state *state, int signal, const siginfo_t *info)
{
	int result;

	switch (state->config->target) {
	case TARGET_ALL:
		/* As PID 1 this is kill(-1), which succeeds even if it may signal no process. */
		if (descendants_signal(state->self, signal) > 0)
			return kernel_kill(state->child, 0) == -EPERM ? -EPERM : 0;
		break; /* without /proc at least the child gets it */
	case TARGET_GROUP:
		result = kernel_kill(-state->child, signal);
		if (result != -ESRCH)
			return result;
		break; /* the child has left its group, or is not in it yet */
	case TARGET_CHILD:
		break;
	}
	/* With the value of sigqueue(3). The kernel refuses some senders' pids with EPERM. */
	if (info && info->si_code < 0 && kernel_sigqueueinfo(state->child, signal, info) == 0)
		return 0;
	return kernel_kill(state->child, signal);
}
