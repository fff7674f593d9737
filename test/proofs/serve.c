/*
 * property: one round of serve(), from any state that rounds lead to: no phase goes back; each phase that must end has
 *	a deadline, and a deadline that has passed is acted on in the round; the child's end is noticed in the round,
 *	unless a full batch of others was reaped; no signal goes to a reaped child or to a wrong pid
 * bound: none on the number of rounds (the state after each is among those that the next may start from); a batch of 2
 *	children
 * assumes: the monotonic clock does not go back, and is below 2^50 ms | clock_gettime(2)
 * assumes: fewer than 2^32 stop requests come | their number
 * assumes: wait4(2) and waitid(2) report a child that has ended if there is one | the kernel
 * assumes: with end_signal there is neither --wait-all nor --grace; rewrite[] holds numbers from 0 to 64; times are at
 *	most an hour | proofs options_*
 * flags: --unwind 4 --unwindset main.0:66
 * edit: s/^#define REAP_BATCH 512/#define REAP_BATCH 2/
 * mutant: s/if (state->deadline_ms != 0 && kernel_now_ms() >= state->deadline_ms)/if (signal <= 0 \&\& state->deadline_ms != 0 \&\& kernel_now_ms() >= state->deadline_ms)/
 * mutant: s/const int result = reap(state);/const int result = info.si_signo == SIGCHLD ? reap(state) : 0;/
 * mutant: s/if (pid == state->child)$/if (0)/
 * mutant: s/if (pid == state->child \&\& state->phase == PHASE_CHILD)/if (0)/
 * mutant: s/state->deadline_ms = now + GRACE_ROUND_MS;//
 * mutant: s/state->deadline_ms = kernel_now_ms() + state->config->grace_ms;//
 * mutant: s/state->delayed.si_signo = 0;//
 * mutant: s/if (state->deadline_ms > state->give_up_ms)/if (0)/
 * mutant: s/state->phase == PHASE_GRACE/state->phase >= PHASE_GRACE/
 * mutant: s/	state->more_to_reap = left < 0;/	state->more_to_reap = false;/
 */
#include "init/kernel.h"

#include <string.h>

#include "proof.h"

/* The kernel, as the init sees it. */
static int64_t now;
static pid_t child;    /* 0: none was started */
static bool has_ended; /* it is a zombie, or was reaped */
static bool reaped;    /* its pid may be another process's by now */
static unsigned taken; /* signals that this round got */
static bool killed, others_reaped;

static int64_t model_now_ms(void)
{
	const int64_t later = nondet_int64();

	ASSUME(later >= now && later < INT64_C(1) << 50);
	return now = later;
}

static int model_error(void)
{
	const int error = nondet_int();

	ASSUME(error > 0 && error < 134);
	return -error;
}

static int model_kill(pid_t pid, int signal)
{
	const bool at_child = child != 0 && (pid == child || pid == -child);

	PROVE(signal >= 0 && signal <= SIGNAL_LAST, "a signal's number");
	PROVE(!at_child || !reaped, "nothing is sent to a child that was reaped");
	PROVE(at_child || pid == 1000 || (pid == 0 && signal == SIGTSTP), "no other pid");
	killed = killed || (at_child && signal == SIGKILL);
	return nondet_bool() ? 0 : model_error();
}

static pid_t model_any_ended(void)
{
	const pid_t pid = nondet_int();

	ASSUME(pid > 1 && pid != 1000 && (pid != child || (has_ended && !reaped)));
	return pid;
}

static pid_t model_peek_ended(void)
{
	if (nondet_bool())
		return model_any_ended();
	ASSUME(!has_ended || reaped);
	return nondet_bool() ? 0 : -ECHILD;
}

/* Waiting itself is refused where no child is left unseen: the init then ends. */
static pid_t model_wait(pid_t pid, int *status, int options)
{
	*status = nondet_int();
	if (pid < 0 && (options & WUNTRACED) && child != 0 && !has_ended && nondet_bool()) {
		ASSUME(WIFSTOPPED(*status) && *status <= 0xffff && *status >= 0);
		return child;
	}
	if (pid < 0 && nondet_bool()) {
		const int error = model_error();
		ASSUME(!has_ended || reaped || error != -ECHILD);
		return error;
	}
	if (pid < 0 && (!has_ended || reaped) && nondet_bool())
		return 0;
	ASSUME(*status >= 0 && *status <= 0xffff && (WIFEXITED(*status) || WIFSIGNALED(*status)));
	const pid_t found = pid > 0 ? pid : model_any_ended();
	reaped = reaped || found == child;
	others_reaped = others_reaped || found != child;
	return found;
}

static bool deadline_is_set;
static int model_sigtimedwait(uint64_t set, siginfo_t *info, const struct kernel_timespec *timeout)
{
	siginfo_t any;

	PROVE(timeout || !deadline_is_set, "a sleep has a time-out while there is a deadline");
	PROVE(!timeout || (timeout->seconds >= 0 && timeout->nanoseconds >= 0 &&
			   timeout->nanoseconds < 1000000000),
	      "the time-out is well-formed");
	*info = any;
	if (nondet_bool())
		return model_error();
	ASSUME(info->si_signo >= 1 && info->si_signo <= SIGNAL_LAST && (set >> (info->si_signo - 1) & 1));
	ASSUME(info->si_signo != SIGKILL && info->si_signo != SIGSTOP);
	taken++;
	return info->si_signo;
}

#define kernel_now_ms                          model_now_ms
#define kernel_kill                            model_kill
#define kernel_sigqueueinfo(pid, signal, info) model_kill(pid, signal)
#define kernel_peek_ended                      model_peek_ended
#define kernel_wait                            model_wait
#define kernel_sigtimedwait                    model_sigtimedwait
#define kernel_sigprocmask(how, set, old)      0
#define kernel_sigpending                      nondet_uint64
#define getpgid(pid)                           nondet_int()
#define getpgrp()                              nondet_int()
#include "init/log.h"
#define log_event(log, event, fields) ((void)0)

#include "init/relay.c"
#include "init/forward.c"
#include "init/grace.c"
#include "init/job_control.c"
#include "init/reap.c"
#include "init/serve.c"

int descendants_signal(pid_t self, int signal)
{
	PROVE(self == 1000 && signal >= 0 && signal <= SIGNAL_LAST, "a signal's number");
	const int result = nondet_int();
	ASSUME(result > -134);
	killed = killed || signal == SIGKILL;
	return result;
}

bool tty_foreground(void)
{
	return nondet_bool();
}

bool tty_present(void)
{
	return nondet_bool();
}

void tty_give(pid_t group)
{
}

/* What is true whenever a round begins, and after the last one. */
static bool invariant(const struct state *state)
{
	const struct config *config = state->config;
	const bool bounded = state->phase == PHASE_GRACE || state->phase == PHASE_KILL;

	if ((unsigned)state->phase > PHASE_DONE || state->deadline_ms < 0 ||
	    state->deadline_ms >= INT64_C(1) << 51)
		return false;
	if (state->phase == PHASE_DONE)
		return true;
	return state->child == child && state->self == 1000 &&
	       reaped == (child != 0 && state->phase > PHASE_CHILD) && (!bounded || state->deadline_ms > 0) &&
	       (state->phase != PHASE_KILL ||
		(state->give_up_ms > 0 && state->give_up_ms < INT64_C(1) << 51 &&
		 state->deadline_ms <= state->give_up_ms)) &&
	       (state->delayed.si_signo == 0 ||
		(relay_is_stop_request(state->delayed.si_signo) && state->stop_requests > 0 && !bounded &&
		 state->deadline_ms > 0)) &&
	       (state->phase != PHASE_CHILD || child != 0 || state->delayed.si_signo != 0 ||
		state->deadline_ms == 0) &&
	       (!reaped || config->end_signal == 0);
}

int main(void)
{
	struct config config;
	struct log log;
	struct state state;

	for (int n = 0; n < 65; n++)
		ASSUME(config.rewrite[n] <= SIGNAL_LAST);
	ASSUME((unsigned)config.placement <= PLACE_SHARED && (unsigned)config.target <= TARGET_ALL);
	ASSUME(config.grace_ms >= -1 && config.grace_ms <= 3600000);
	ASSUME(config.delay_ms >= 0 && config.delay_ms <= 3600000);
	ASSUME(config.kill_after_ms >= -1 && config.kill_after_ms <= 3600000);
	ASSUME(config.end_signal >= 0 && config.end_signal <= SIGNAL_LAST);
	ASSUME(config.end_signal == 0 || (!config.wait_all && config.grace_ms < 0));
	child = nondet_int();
	has_ended = nondet_bool();
	now = nondet_int64();
	ASSUME((child == 0 && !has_ended) || (child > 1 && child != 1000));
	ASSUME(now >= 1 && now < INT64_C(1) << 50);

	/* What main() begins with. */
	const struct state first = {.config = &config, .self = 1000, .child = child};
	PROVE(invariant(&first), "it is true at the start");

	reaped = nondet_bool();
	state.config = &config;
	state.log = &log;
	ASSUME(state.stop_requests < UINT32_MAX);
	ASSUME((has_ended || !reaped) && invariant(&state) && state.phase != PHASE_DONE);
	const struct state before = state;
	const bool was_over = before.deadline_ms != 0 && now >= before.deadline_ms;
	const bool was_ended = has_ended, was_reaped = reaped;
	deadline_is_set = before.deadline_ms != 0;
	serve_once(&state);

	PROVE(invariant(&state), "it is true after each round");
	PROVE(state.phase >= before.phase, "no phase goes back");
	PROVE(taken <= 1, "one signal at most");
	if (was_over && state.phase != PHASE_DONE) {
		PROVE(before.phase != PHASE_GRACE || state.phase == PHASE_KILL, "the grace period ends");
		PROVE(before.phase != PHASE_KILL || state.deadline_ms > before.deadline_ms,
		      "KILL again, or the end");
		PROVE(before.delayed.si_signo == 0 || state.delayed.si_signo == 0, "the delay ends");
		PROVE(before.phase != PHASE_CHILD || before.delayed.si_signo != 0 || killed,
		      "the child is killed");
	}
	if (was_ended && !was_reaped && state.phase != PHASE_DONE)
		PROVE(reaped || (state.more_to_reap && others_reaped), "the child's end is noticed");
	PROVE(!reaped || was_reaped || config.end_signal == 0 || config.target == TARGET_CHILD ||
		      state.last_signal_sent,
	      "the group had its last signal before the child was reaped");
	PROVE(before.phase != PHASE_KILL || state.deadline_ms <= state.give_up_ms ||
		      state.phase == PHASE_DONE,
	      "KILL ends");
	PROVE(before.phase != PHASE_KILL || state.give_up_ms == before.give_up_ms,
	      "and its end does not move");
	REACH(was_over && before.phase == PHASE_GRACE && taken == 1, "a deadline in spite of a signal");
	REACH(was_over && before.delayed.si_signo != 0 && state.phase == PHASE_CHILD, "the end of a delay");
	REACH(reaped && !was_reaped && state.phase == PHASE_GRACE, "the grace period begins");
	REACH(before.phase == PHASE_KILL && state.phase == PHASE_KILL, "KILL once more");
	REACH(state.more_to_reap, "a full batch");
	return 0;
}
