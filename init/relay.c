/* See relay.h. */
#include "init/relay.h"

#include <sys/wait.h>

#include "init/kernel.h"

#define TTY_KEYS                                                                                             \
	(SIGNAL_BIT(SIGINT) | SIGNAL_BIT(SIGQUIT) | SIGNAL_BIT(SIGTSTP) | SIGNAL_BIT(SIGTTIN) |              \
	 SIGNAL_BIT(SIGTTOU) | SIGNAL_BIT(SIGWINCH))
#define ENDS (SIGNAL_BIT(SIGTERM) | SIGNAL_BIT(SIGINT))
#define ASKS (ENDS | SIGNAL_BIT(SIGQUIT))

static bool own_making(const struct relay_state *state, const siginfo_t *info)
{
	return info->si_code == SI_USER && info->si_pid == state->self;
}

static struct relay with_child(const struct config *config, const siginfo_t *info)
{
	const uint64_t bit = SIGNAL_BIT(info->si_signo);
	struct relay todo = {
		.action = RELAY_SEND,
		.signal = config->rewrite[info->si_signo],
		.translated = (config->rewritten & bit) != 0,
		.suspend = (config->suspend & bit) != 0,
		.resume = info->si_signo == SIGCONT,
	};
	/* SI_KERNEL: the terminal's driver sent it to the whole foreground group. A process cannot claim that
	 * code. */
	bool has_it = config->placement == PLACE_SHARED && info->si_code == SI_KERNEL && (bit & TTY_KEYS);

	if (has_it || (config->deaf & bit) || todo.signal == 0)
		todo.action = RELAY_KEEP;
	todo.arm =
		todo.action == RELAY_SEND && config->kill_after_ms >= 0 && (SIGNAL_BIT(todo.signal) & ASKS);
	return todo;
}

static struct relay paused(const struct config *config, const siginfo_t *info)
{
	struct relay todo = {.action = RELAY_KEEP, .signal = config->rewrite[info->si_signo]};

	if (todo.signal != 0 && (SIGNAL_BIT(todo.signal) & ENDS))
		todo.action = RELAY_FINISH;
	else if (config->target == TARGET_ALL && todo.signal != 0)
		todo.action = RELAY_SEND_REST;
	return todo;
}

struct relay relay(const struct config *config, const struct relay_state *state, const siginfo_t *info)
{
	const uint64_t bit = SIGNAL_BIT(info->si_signo);
	struct relay todo = {.action = RELAY_NOTHING, .signal = info->si_signo};

	if (info->si_signo == SIGCHLD) {
		todo.action = RELAY_REAP;
		return todo;
	}
	if (info->si_signo == SIGPIPE && own_making(state, info))
		return todo;
	if ((state->handoff & bit) && own_making(state, info)) {
		todo.action = RELAY_HANDOFF;
		return todo;
	}
	switch (state->phase) {
	case PHASE_CHILD:
		return state->child ? with_child(config, info) : paused(config, info);
	case PHASE_REST:
		todo.signal = config->rewrite[info->si_signo];
		todo.action = todo.signal == 0 ? RELAY_KEEP : RELAY_SEND_REST;
		/* A daemon that is asked to end has the grace period to do so. */
		if (todo.signal != 0 && (SIGNAL_BIT(todo.signal) & ENDS) && config->grace_ms >= 0)
			todo.action = RELAY_FINISH;
		return todo;
	case PHASE_GRACE:
		todo.action = (bit & ENDS) && state->ends > 0 ? RELAY_KILL : RELAY_SEND_REST;
		return todo;
	case PHASE_KILL:
	case PHASE_DONE:
		todo.action = RELAY_KEEP;
		return todo;
	}
	return todo;
}

int relay_exit_status(const struct config *config, int wait_status)
{
	int status = WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);

	return config->remap[status % 256];
}

enum stopped relay_stopped(pid_t self, int signal, bool terminal, bool foreground, bool continued)
{
	/* SIGSTOP: an operator or a debugger, who will wake the child and does not know of us. */
	if (self == 1 || !terminal || (signal != SIGTSTP && signal != SIGTTIN && signal != SIGTTOU))
		return STOPPED_STAY;
	/*
	 * Somebody has continued us since the child stopped. Stopping now would throw the pending SIGCONT
	 * away, and nobody would send another.
	 */
	if (continued)
		return STOPPED_STAY;
	/* A shell's "fg" of a job that was never stopped moves the terminal and sends nothing. */
	if (signal != SIGTSTP && foreground)
		return STOPPED_RESUME;
	return STOPPED_SUSPEND;
}
