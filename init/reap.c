#include "init/reap.h"

#include "init/grace.h"
#include "init/job_control.h"
#include "init/kernel.h"
#include "init/relay.h"

#define REAP_BATCH 512 /* the most children to reap before the next signal and deadline are handled */

static bool last_signal_is_due(const struct state *state)
{
	return state->config->end_signal != 0 && state->config->target != TARGET_CHILD &&
	       !state->last_signal_sent;
}

/* Call it while the child is a zombie: until it is reaped, no other group can have its number. */
static void send_last_signal(struct state *state)
{
	const int signal = state->config->rewrite[state->config->end_signal];

	state->last_signal_sent = true;
	if (signal != 0)
		kernel_kill(-state->child, signal);
}

/* Returns as waitpid(2) does, or -errno. */
static pid_t reap_one(struct state *state, int *wait_status)
{
	/* Stops do not matter: the child has its own session. */
	if (last_signal_is_due(state)) {
		const pid_t pid = kernel_peek_ended();
		if (pid <= 0)
			return pid;
		if (pid == state->child)
			send_last_signal(state);
		return kernel_wait(pid, wait_status, WNOHANG);
	}
	return kernel_wait(-1, wait_status, WNOHANG | WUNTRACED);
}

/* dumb-init logs this even if it sends nothing. */
static void log_last_signal(const struct state *state)
{
	const int signal = state->config->end_signal;
	const struct log_fields fields = {.signal = signal, .sent_signal = state->config->rewrite[signal]};

	if (state->config->rewritten & SIGNAL_BIT(signal))
		log_event(state->log, EVENT_TRANSLATED, &fields);
	log_event(state->log, fields.sent_signal != 0 ? EVENT_SENT : EVENT_NOT_SENT, &fields);
}

static void child_ended(struct state *state, const struct log_fields *fields, int wait_status)
{
	log_event(state->log, WIFSIGNALED(wait_status) ? EVENT_CHILD_KILLED : EVENT_CHILD_EXITED, fields);
	if (state->config->end_signal != 0)
		log_last_signal(state);
	state->status = relay_exit_status(state->config, wait_status);
	grace_child_ended(state);
}

static void ended(struct state *state, pid_t pid, int wait_status)
{
	const bool killed = WIFSIGNALED(wait_status);
	const struct log_fields fields = {
		.pid = pid,
		.signal = killed ? WTERMSIG(wait_status) : 0,
		.status = killed ? 0 : WEXITSTATUS(wait_status),
	};

	log_event(state->log, EVENT_REAPED, &fields);
	log_event(state->log, killed ? EVENT_REAPED_KILLED : EVENT_REAPED_EXITED, &fields);
	if (pid != state->child && state->config->warn_reaped)
		log_event(state->log, EVENT_ZOMBIE_REAPED, &fields);
	if (pid == state->child && state->phase == PHASE_CHILD)
		child_ended(state, &fields, wait_status);
}

int reap(struct state *state)
{
	int left = REAP_BATCH;
	int wait_status;
	pid_t pid;

	while (left-- > 0 && (pid = reap_one(state, &wait_status)) > 0) {
		if (!WIFSTOPPED(wait_status))
			ended(state, pid, wait_status);
		else if (pid == state->child)
			job_control_child_stopped(state, WSTOPSIG(wait_status));
	}
	state->more_to_reap = left < 0;
	if (state->more_to_reap)
		return 0;
	if (pid < 0 && pid != -ECHILD)
		return pid;
	log_event(state->log, pid == 0 ? EVENT_NONE_ENDED : EVENT_NO_CHILD, NULL);
	if (pid < 0)
		grace_no_child_left(state);
	return 0;
}
