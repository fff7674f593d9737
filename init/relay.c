#include "init/relay.h"

#include <stdint.h>
#include <sys/wait.h>

#include "init/kernel.h"

/* The terminal sends these to its whole foreground group. */
#define TERMINAL_SIGNALS                                                                                     \
	(SIGNAL_BIT(SIGINT) | SIGNAL_BIT(SIGQUIT) | SIGNAL_BIT(SIGTSTP) | SIGNAL_BIT(SIGTTIN) |              \
	 SIGNAL_BIT(SIGTTOU) | SIGNAL_BIT(SIGWINCH))

bool relay_is_stop_request(int signal)
{
	return signal == SIGTERM || signal == SIGINT || signal == SIGQUIT;
}

/* Whether detaching from the terminal raised it. */
static bool is_handoff(const struct state *state, const siginfo_t *info)
{
	return (state->handoff & SIGNAL_BIT(info->si_signo)) && info->si_code == SI_USER &&
	       info->si_pid == state->self;
}

/* Whether the terminal has sent it to the child too. No process can fake SI_KERNEL. */
static bool has_reached_child(const struct state *state, const siginfo_t *info)
{
	return state->config->placement == PLACE_SHARED && state->child_in_our_group &&
	       info->si_code == SI_KERNEL && (SIGNAL_BIT(info->si_signo) & TERMINAL_SIGNALS);
}

static enum relay_action with_child(const struct state *state, const siginfo_t *info)
{
	if (has_reached_child(state, info) || (state->config->not_forwarded & SIGNAL_BIT(info->si_signo)))
		return RELAY_DROP;
	return RELAY_SEND;
}

static enum relay_action paused(const struct config *config, int signal)
{
	if (config->not_forwarded & SIGNAL_BIT(signal))
		return RELAY_DROP;
	if (relay_is_stop_request(signal))
		return RELAY_END;
	return config->target == TARGET_ALL ? RELAY_SEND_EVERYONE : RELAY_DROP;
}

/* Whether a signal that is not dropped waits for the end of the delay. */
static bool is_delayed(const struct state *state, int signal)
{
	return state->config->delay_ms > 0 && state->stop_requests == 0 && relay_is_stop_request(signal) &&
	       (state->phase == PHASE_CHILD || state->phase == PHASE_WAIT_ALL);
}

static enum relay_action by_phase(const struct state *state, const siginfo_t *info)
{
	const bool stop_request = relay_is_stop_request(info->si_signo);

	switch (state->phase) {
	case PHASE_CHILD:
		return state->child ? with_child(state, info) : paused(state->config, info->si_signo);
	case PHASE_WAIT_ALL:
		return stop_request && state->config->grace_ms >= 0 ? RELAY_END : RELAY_SEND_EVERYONE;
	case PHASE_GRACE:
		return stop_request && state->stop_requests > 0 ? RELAY_KILL : RELAY_SEND_EVERYONE;
	case PHASE_KILL:
	case PHASE_DONE:
		return RELAY_DROP;
	}
	return RELAY_DROP;
}

struct relay relay(const struct state *state, const siginfo_t *info)
{
	const struct config *config = state->config;
	const uint64_t bit = SIGNAL_BIT(info->si_signo);
	struct relay todo = {.action = RELAY_NOTHING, .signal = info->si_signo};

	if (info->si_signo == SIGCHLD)
		return todo;
	if (is_handoff(state, info)) {
		todo.action = RELAY_HANDOFF;
		return todo;
	}
	todo.action = by_phase(state, info);
	todo.signal = config->rewrite[info->si_signo];
	if (todo.signal == 0 && (todo.action == RELAY_SEND || todo.action == RELAY_SEND_EVERYONE))
		todo.action = RELAY_DROP;
	if (todo.action != RELAY_DROP && is_delayed(state, info->si_signo)) {
		todo.action = RELAY_DELAY;
		return todo;
	}
	if (state->phase == PHASE_CHILD && state->child) {
		todo.translated = (config->rewritten & bit) != 0;
		todo.suspend = (config->suspend & bit) != 0;
		todo.resume = info->si_signo == SIGCONT;
		todo.start_kill_after = todo.action == RELAY_SEND && config->kill_after_ms >= 0 &&
					relay_is_stop_request(info->si_signo);
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
	/* SIGSTOP comes from an operator or a debugger, who would not continue the init. */
	if (self == 1 || !terminal || (signal != SIGTSTP && signal != SIGTTIN && signal != SIGTTOU))
		return STOPPED_STAY;
	/* The shell continued the init already. Stopping would discard that SIGCONT, and no other comes. */
	if (continued)
		return STOPPED_STAY;
	/* The shell's "fg" of a running job moves the terminal to the init's group and sends no signal. */
	if (signal != SIGTSTP && foreground)
		return STOPPED_RESUME;
	return STOPPED_SUSPEND;
}
