/*
 * property: relay: what each signal does in each state; TERM, INT and QUIT are never lost; exit statuses
 * bound: none
 * assumes: rewrite[] holds numbers from 0 to 64 | proofs options_*
 * flags: --unwind 2
 * mutant: s/state->config->delay_ms > 0 && //
 * mutant: s/ && state->child_in_our_group//
 * mutant: s/info->si_code == SI_USER/true/
 * mutant: s/stop_request && state->stop_requests > 0/stop_request/
 * mutant: s/128 + WTERMSIG/WTERMSIG/
 * mutant: s/if (continued)/if (0)/
 * mutant: s/todo.action == RELAY_SEND && config/config/
 */
#include "init/relay.c"

#include "proof.h"

static void one_signal(void)
{
	struct config config;
	struct state state;
	siginfo_t info;
	const int n = info.si_signo;

	ASSUME(n >= 1 && n <= SIGNAL_LAST && n != SIGKILL && n != SIGSTOP);
	ASSUME(config.rewrite[n] <= SIGNAL_LAST);
	ASSUME((unsigned)config.placement <= PLACE_SHARED && (unsigned)config.target <= TARGET_ALL);
	ASSUME((unsigned)state.phase <= PHASE_DONE);
	ASSUME(state.self > 0 && state.child >= 0);
	state.config = &config;

	const struct relay todo = relay(&state, &info);
	const enum relay_action did = todo.action;

	const bool ours = info.si_code == SI_USER && info.si_pid == state.self;
	const bool handoff = ours && (state.handoff >> (n - 1) & 1);
	const bool stop = n == SIGTERM || n == SIGINT || n == SIGQUIT;
	const bool terminal =
		n == SIGINT || n == SIGQUIT || n == SIGTSTP || n == SIGTTIN || n == SIGTTOU || n == SIGWINCH;
	const bool held_back = config.not_forwarded >> (n - 1) & 1;
	const bool has_it = config.placement == PLACE_SHARED && state.child_in_our_group &&
			    info.si_code == SI_KERNEL && terminal;
	const int to = config.rewrite[n];
	const bool waits = config.delay_ms > 0 && state.stop_requests == 0 && stop;

	PROVE((did == RELAY_NOTHING) == (n == SIGCHLD), "SIGCHLD alone does nothing");
	PROVE((did == RELAY_HANDOFF) == (n != SIGCHLD && handoff), "only our own hand-off is swallowed");
	if (n == SIGCHLD || handoff)
		return;
	switch (state.phase) {
	case PHASE_CHILD:
		if (state.child > 0) {
			const bool drop = held_back || has_it || to == 0;
			PROVE(did == (drop ? RELAY_DROP : waits ? RELAY_DELAY : RELAY_SEND), "with a child");
			PROVE(waits || todo.suspend == (config.suspend >> (n - 1) & 1), "suspend");
			PROVE(did != RELAY_SEND || todo.resume == (n == SIGCONT), "resume");
			PROVE(todo.start_kill_after ==
				      (did == RELAY_SEND && stop && config.kill_after_ms >= 0),
			      "kill-after starts with a stop request that was sent");
			REACH(did == RELAY_SEND && todo.start_kill_after, "sent to the child");
			REACH(did == RELAY_DELAY, "delayed");
		} else if (held_back) {
			PROVE(did == RELAY_DROP, "paused, not forwarded");
		} else if (stop) {
			PROVE(did == (waits ? RELAY_DELAY : RELAY_END), "paused, a stop request ends");
			REACH(true, "paused");
		} else {
			PROVE(did == (config.target == TARGET_ALL && to != 0 ? RELAY_SEND_EVERYONE
									     : RELAY_DROP),
			      "paused, any other");
		}
		break;
	case PHASE_WAIT_ALL:
		if (stop && config.grace_ms >= 0)
			PROVE(did == (waits ? RELAY_DELAY : RELAY_END), "a stop request ends the wait");
		else
			PROVE(did == (to == 0 ? RELAY_DROP
				      : waits ? RELAY_DELAY
					      : RELAY_SEND_EVERYONE),
			      "to those that are left");
		REACH(did == RELAY_END, "the wait ends");
		break;
	case PHASE_GRACE:
		if (stop && state.stop_requests > 0)
			PROVE(did == RELAY_KILL, "a second stop request kills at once");
		else
			PROVE(did == (to == 0 ? RELAY_DROP : RELAY_SEND_EVERYONE), "to those that are left");
		REACH(did == RELAY_KILL, "killed at once");
		break;
	case PHASE_KILL:
	case PHASE_DONE:
		PROVE(did == RELAY_DROP, "after KILL nothing is sent");
		break;
	}
	/* The whole of it once more in one sentence, as this is what an init is for. */
	PROVE(!stop || did != RELAY_DROP || held_back || has_it || to == 0 || state.phase >= PHASE_KILL,
	      "no stop request is lost");
	PROVE((did != RELAY_SEND && did != RELAY_SEND_EVERYONE) || (todo.signal >= 1 && todo.signal <= 64),
	      "what is sent is a signal");
	PROVE(did == RELAY_DELAY || todo.signal == to, "as what it is rewritten to");
}

static void exit_status(void)
{
	struct config config;
	int wait_status;

	ASSUME(wait_status >= 0 && wait_status <= 0xffff);
	ASSUME(WIFEXITED(wait_status) || WIFSIGNALED(wait_status));
	const int plain = WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : 128 + WTERMSIG(wait_status);
	PROVE(plain >= 0 && plain <= 255, "a status or 128 + signal fits");
	PROVE(relay_exit_status(&config, wait_status) == config.remap[plain], "the remapped status");
	REACH(WIFSIGNALED(wait_status), "killed by a signal");
}

static void child_stopped(void)
{
	pid_t self;
	int signal;
	bool terminal, foreground, continued;
	const enum stopped did = relay_stopped(self, signal, terminal, foreground, continued);

	PROVE(self != 1 || did == STOPPED_STAY, "PID 1 never stops itself");
	PROVE(!continued || did == STOPPED_STAY, "a SIGCONT that waits is not discarded");
	PROVE(terminal || did == STOPPED_STAY, "without a terminal nobody would continue us");
	PROVE(signal != SIGSTOP || did == STOPPED_STAY, "an operator's SIGSTOP concerns the child alone");
	PROVE(did != STOPPED_RESUME || foreground, "the terminal is given away only if we have it");
	REACH(did == STOPPED_SUSPEND, "suspended");
	REACH(did == STOPPED_RESUME, "resumed");
}

int main(void)
{
	one_signal();
	exit_status();
	child_stopped();
	return 0;
}
