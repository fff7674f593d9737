#include "init/grace.h"

#include "init/descendants.h"
#include "init/kernel.h"

/* A process that survives SIGKILL for this long hangs in the kernel. */
#define KILL_TOTAL_MS 1000

/* Signals all remaining processes. Logs and returns false if they cannot be found. */
static bool signal_remaining(const struct state *state, int signal, enum event event)
{
	const int result = descendants_signal(state->self, signal);

	log_event(state->log, result < 0 ? EVENT_CANNOT_SEE : event, &(struct log_fields){.error = -result});
	return result >= 0;
}

void grace_start(struct state *state)
{
	if (state->config->grace_ms < 0) {
		state->phase = PHASE_DONE;
		return;
	}
	state->phase = PHASE_GRACE;
	state->delayed.si_signo = 0; /* all processes get SIGTERM now */
	state->deadline_ms = kernel_now_ms() + state->config->grace_ms;
	if (signal_remaining(state, SIGTERM, EVENT_GRACE))
		descendants_signal(state->self, SIGCONT);
}

void grace_kill(struct state *state)
{
	const int64_t now = kernel_now_ms();

	state->phase = signal_remaining(state, SIGKILL, EVENT_KILL) ? PHASE_KILL : PHASE_DONE;
	state->give_up_ms = now + KILL_TOTAL_MS;
	state->deadline_ms = now + GRACE_ROUND_MS;
}

void grace_deadline(struct state *state)
{
	if (state->phase == PHASE_GRACE) {
		grace_kill(state);
		return;
	}
	/* Repeated, because a process can escape by forking while the others are killed. */
	descendants_signal(state->self, SIGKILL);
	state->deadline_ms = kernel_now_ms() + GRACE_ROUND_MS;
	if (state->deadline_ms > state->give_up_ms)
		state->phase = PHASE_DONE;
}

void grace_child_ended(struct state *state)
{
	const struct config *config = state->config;

	/* The child's end ends a delay too. */
	state->deadline_ms = state->delayed.si_signo != 0 ? kernel_now_ms() : 0;
	/* A stop request before the child's end was meant for all processes and will not come again. */
	if (config->wait_all && (config->grace_ms < 0 || state->stop_requests == 0))
		state->phase = PHASE_WAIT_ALL;
	else
		grace_start(state);
}

void grace_no_child_left(struct state *state)
{
	switch (state->phase) {
	case PHASE_CHILD: /* pause */
	case PHASE_DONE:
		return;
	case PHASE_GRACE:
	case PHASE_KILL:
		/* An engine's "exec" and a shared PID namespace add processes whose parent is elsewhere. */
		state->poll = descendants_signal(state->self, 0) > 0;
		if (state->poll)
			return;
		break;
	case PHASE_WAIT_ALL:
		break;
	}
	state->phase = PHASE_DONE;
}
