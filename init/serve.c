#include "init/serve.h"

#include <unistd.h>

#include "init/descendants.h"
#include "init/forward.h"
#include "init/grace.h"
#include "init/job_control.h"
#include "init/kernel.h"
#include "init/reap.h"
#include "init/relay.h"
#include "init/tty.h"

/* A system call filter may refuse to wait, for example. An init that cannot wait must exit. */
static void cannot_wait(struct state *state, int error)
{
	log_event(state->log, EVENT_WAIT_FAILED, &(struct log_fields){.error = error});
	if (state->phase == PHASE_CHILD)
		state->status = state->config->codes.failure;
	state->phase = PHASE_DONE;
}

/*
 * PID 1 lacks CAP_KILL and the child belongs to another user: no process inside can end the container, and
 * the engine would kill it only after a time-out. If the init exits, the kernel ends everything at once.
 */
static void stop_refused(struct state *state, const struct log_fields *fields)
{
	const uint8_t status = state->config->codes.stop_refused;

	log_event(state->log, EVENT_STOP_REFUSED, fields);
	state->status = status != 0 ? status : 128 + fields->signal;
	state->phase = PHASE_DONE;
}

static void pass_on(struct state *state, const struct relay *todo, const siginfo_t *info)
{
	struct log_fields fields = {.signal = info->si_signo, .sent_signal = todo->signal};

	if (todo->resume && state->config->placement == PLACE_GROUP && tty_foreground())
		tty_give(state->child);
	log_event(state->log, EVENT_SENDING, &fields);
	fields.error = -forward(state, todo->signal, info);
	if (fields.error == EPERM && state->self == 1 && relay_is_stop_request(info->si_signo)) {
		stop_refused(state, &fields);
		return;
	}
	log_event(state->log,
		  fields.error == 0       ? EVENT_SENT
		  : fields.error == ESRCH ? EVENT_NO_TARGET
					  : EVENT_SEND_FAILED,
		  &fields);
	if (todo->start_kill_after && state->deadline_ms == 0)
		state->deadline_ms = kernel_now_ms() + state->config->kill_after_ms;
}

static void act(struct state *state, const struct relay *todo, const siginfo_t *info)
{
	struct log_fields fields = {.signal = info->si_signo, .sent_signal = todo->signal};
	int result;

	if (todo->translated)
		log_event(state->log, EVENT_TRANSLATED, &fields);
	switch (todo->action) {
	case RELAY_NOTHING:
		break;
	case RELAY_HANDOFF:
		state->handoff &= ~SIGNAL_BIT(info->si_signo);
		log_event(state->log, EVENT_HANDOFF, &fields);
		break;
	case RELAY_DROP:
		log_event(state->log, EVENT_NOT_SENT, &fields);
		break;
	case RELAY_DELAY:
		log_event(state->log, EVENT_DELAYED, &fields);
		state->delayed = *info;
		state->deadline_ms = kernel_now_ms() + state->config->delay_ms;
		break;
	case RELAY_SEND:
		pass_on(state, todo, info);
		break;
	case RELAY_SEND_EVERYONE:
		result = descendants_signal(state->self, todo->signal);
		fields.error = result < 0 ? -result : 0;
		log_event(state->log,
			  result > 0    ? EVENT_SENT
			  : result == 0 ? EVENT_NO_TARGET
					: EVENT_CANNOT_SEE,
			  &fields);
		break;
	case RELAY_END:
		grace_start(state);
		break;
	case RELAY_KILL:
		grace_kill(state);
		break;
	}
	if (todo->suspend)
		job_control_suspend(state, info->si_signo, false);
}

/* Passes the delayed stop request on. */
static void end_delay(struct state *state)
{
	const siginfo_t info = state->delayed;

	state->delayed.si_signo = 0;
	state->deadline_ms = 0;
	const struct relay todo = relay(state, &info);
	act(state, &todo, &info);
}

static void on_deadline(struct state *state)
{
	if (state->delayed.si_signo != 0) {
		end_delay(state);
		return;
	}
	switch (state->phase) {
	case PHASE_CHILD:
		log_event(state->log, EVENT_KILL_AFTER, NULL);
		state->deadline_ms = 0;
		forward(state, SIGKILL, NULL);
		return;
	case PHASE_GRACE:
	case PHASE_KILL:
		grace_deadline(state);
		return;
	case PHASE_WAIT_ALL:
	case PHASE_DONE:
		return;
	}
}

static void on_signal(struct state *state, const siginfo_t *info)
{
	log_event(state->log, info->si_signo == SIGCHLD ? EVENT_SIGCHLD : EVENT_SIGNAL,
		  &(struct log_fields){.signal = info->si_signo});
	if (relay_is_stop_request(info->si_signo) && state->delayed.si_signo != 0)
		end_delay(state);
	if (state->config->placement == PLACE_SHARED && info->si_code == SI_KERNEL)
		state->child_in_our_group = getpgid(state->child) == getpgrp();
	const struct relay todo = relay(state, info);
	if (relay_is_stop_request(info->si_signo))
		state->stop_requests++;
	act(state, &todo, info);
}

/* Returns the next signal; -EAGAIN at the deadline, or at once if there may be more to reap. */
static int await(const struct state *state, siginfo_t *info)
{
	struct kernel_timespec timeout = {0, 0};

	/* The kernel delivers the lowest number first, so SIGCHLD would delay all higher signals. */
	if (state->more_to_reap)
		return kernel_sigtimedwait(SIGNALS_ALL & ~SIGNAL_BIT(SIGCHLD), info, &timeout);
	if (state->deadline_ms == 0)
		return kernel_sigtimedwait(SIGNALS_ALL, info, NULL);
	int64_t left_ms = state->deadline_ms - kernel_now_ms();
	if (left_ms < 0)
		left_ms = 0;
	if (state->poll && left_ms > GRACE_ROUND_MS)
		left_ms = GRACE_ROUND_MS;
	timeout.seconds = (long)(left_ms / 1000);
	timeout.nanoseconds = (long)(left_ms % 1000) * 1000000;
	return kernel_sigtimedwait(SIGNALS_ALL, info, &timeout);
}

/*
 * Handles at most one signal, checks the deadline before it and reaps after it. So an endless flood of
 * signals delays neither a deadline nor the child's end.
 */
static void serve_once(struct state *state)
{
	siginfo_t info;
	const int signal = await(state, &info);

	if (state->deadline_ms != 0 && kernel_now_ms() >= state->deadline_ms)
		on_deadline(state);
	if (signal > 0)
		on_signal(state, &info);
	else if (signal != -EAGAIN && signal != -EINTR)
		cannot_wait(state, -signal);
	const int result = reap(state);
	if (result < 0)
		cannot_wait(state, -result);
}

int serve(struct state *state)
{
	while (state->phase != PHASE_DONE)
		serve_once(state);
	log_event(state->log, EVENT_GOODBYE, &(struct log_fields){.status = state->status});
	return state->status;
}
