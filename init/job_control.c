#include "init/job_control.h"

#include "init/kernel.h"
#include "init/relay.h"
#include "init/tty.h"

/*
 * Uses the signal itself and not SIGSTOP, because an outer init treats them differently (relay_stopped()). If
 * the shell continues us before the signal is unblocked, SIGCONT discards it, and we do not stop.
 */
void job_control_suspend(const struct state *state, int signal, bool group)
{
	log_event(state->log, EVENT_SUSPEND, NULL);
	kernel_kill(group ? 0 : state->self, signal);
	kernel_sigprocmask(SIG_SETMASK, SIGNALS_ALL & ~SIGNAL_BIT(signal), NULL);
	kernel_sigprocmask(SIG_SETMASK, SIGNALS_ALL, NULL);
	/* The kernel drops terminal stop signals in an orphaned group, one without a shell. */
	if (!(kernel_sigpending() & SIGNAL_BIT(SIGCONT)))
		kernel_kill(state->self, SIGSTOP);
}

void job_control_child_stopped(const struct state *state, int signal)
{
	const enum placement placement = state->config->placement;

	/* A child in its own session is no job of our shell. */
	if (placement == PLACE_SESSION)
		return;
	switch (relay_stopped(state->self, signal, tty_present(), tty_foreground(),
			      (kernel_sigpending() & SIGNAL_BIT(SIGCONT)) != 0)) {
	case STOPPED_STAY:
		return;
	case STOPPED_RESUME:
		tty_give(state->child);
		kernel_kill(-state->child, SIGCONT);
		return;
	case STOPPED_SUSPEND:
		/* The terminal stopped only the child's group. If that were ours, the rest of ours (a
		 * pipeline, a script that waits for us) would be stopped too, so stop it. */
		job_control_suspend(state, SIGTSTP, placement == PLACE_GROUP);
		return;
	}
}
