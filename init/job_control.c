/* See job_control.h. */
#include "init/job_control.h"

#include "init/kernel.h"
#include "init/relay.h"
#include "init/tty.h"

/*
 * The signal itself and not SIGSTOP: an init around this one tells the two apart (relay_stopped()). While it
 * is pending a SIGCONT discards it, so that a shell that continues us early is not missed.
 */
void job_control_suspend(const struct state *state, int signal, bool group)
{
	log_event(state->log, EVENT_SUSPEND, NULL);
	kernel_kill(group ? 0 : state->self, signal);
	kernel_sigprocmask(SIG_SETMASK, SIGNALS_ALL & ~SIGNAL_BIT(signal), NULL);
	kernel_sigprocmask(SIG_SETMASK, SIGNALS_ALL, NULL);
	/* In an orphaned group, without a shell, a terminal's signals stop nobody. */
	if (!(kernel_sigpending() & SIGNAL_BIT(SIGCONT)))
		kernel_kill(state->self, SIGSTOP);
}

void job_control_child_stopped(const struct state *state, int signal)
{
	const enum placement placement = state->config->placement;

	/* A session of its own has a terminal that our shell does not wait for. */
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
		/* The terminal has stopped the child's group only. Had that been ours, it would have stopped
		 * the rest of ours too: a pipeline, a script that waits for us. */
		job_control_suspend(state, SIGTSTP, placement == PLACE_GROUP);
		return;
	}
}
