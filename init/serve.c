/* See serve.h. */
#include "init/serve.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "init/kernel.h"
#include "init/rest.h"
#include "init/tty.h"

#define REAP_BATCH    512  /* children reaped before other signals have their turn */
#define ROUND_MS      20   /* between two looks at who escaped a KILL by forking, or is nobody's child here */
#define KILL_TOTAL_MS 1000 /* then what is left hangs in the kernel, and waiting does not help */

struct server {
	const struct config *config;
	struct relay_state *state;
	const struct log *log;
	int status;          /* the exit status, once it is known */
	int64_t deadline_ms; /* on the monotonic clock; 0: none */
	int64_t give_up_ms;  /* PHASE_KILL: the last round */
	bool look;           /* there may be more to reap: look at what else is pending, do not sleep */
	bool sent_off;       /* the child's group has had its last signal */
	bool poll;           /* those who are left are no children of ours: nothing tells us of their end */
};

static int send_to_target(const struct server *s, int signal, const siginfo_t *info)
{
	const pid_t child = s->state->child;

	switch (s->config->target) {
	case TARGET_ALL:
		if (rest_signal(signal) == 0)
			break; /* no /proc: the child at least */
		return 0;
	case TARGET_GROUP:
		if (kill(-child, signal) == 0)
			return 0;
		if (errno != ESRCH)
			return -1;
		break; /* the child has left its group */
	case TARGET_CHILD:
		break;
	}
	/* The value that came with sigqueue(3); a sender's pid that we may not pass on comes back as EPERM.
	 */
	if (info && info->si_code < 0 && kernel_sigqueueinfo(child, signal, info) == 0)
		return 0;
	return kill(child, signal);
}

static void pass_on(struct server *s, const struct relay *todo, const siginfo_t *info)
{
	struct fact fact = {.signal = info->si_signo, .became = todo->signal};

	if (todo->resume && s->config->placement == PLACE_GROUP && tty_foreground())
		tty_give(s->state->child);
	log_event(s->log, EVENT_SENDING, &fact);
	if (send_to_target(s, todo->signal, info) == 0) {
		log_event(s->log, EVENT_SENT, &fact);
	} else {
		fact.error = errno;
		log_event(s->log, errno == ESRCH ? EVENT_TARGET_GONE : EVENT_SEND_FAILED, &fact);
	}
	if (todo->arm && s->deadline_ms == 0)
		s->deadline_ms = kernel_now_ms() + s->config->kill_after_ms;
}

static void start_grace(struct server *s)
{
	log_event(s->log, EVENT_GRACE, NULL);
	s->state->phase = PHASE_GRACE;
	s->deadline_ms = kernel_now_ms() + s->config->grace_ms;
	rest_signal(SIGTERM);
	rest_signal(SIGCONT);
	s->look = true;
}

static void start_kill(struct server *s)
{
	const int64_t now = kernel_now_ms();

	log_event(s->log, EVENT_KILL, NULL);
	s->state->phase = PHASE_KILL;
	s->give_up_ms = now + KILL_TOTAL_MS;
	s->deadline_ms = now + ROUND_MS;
	rest_signal(SIGKILL);
	s->look = true;
}

/* A filter of system calls, say. Who can neither wait nor forward is no init, and must not look like one. */
static COLD void cannot_wait(struct server *s)
{
	log_event(s->log, EVENT_WAIT_FAILED, &(struct fact){.error = errno});
	if (s->state->phase == PHASE_CHILD)
		s->status = s->config->codes.failure;
	s->state->phase = PHASE_DONE;
}

static void on_deadline(struct server *s)
{
	switch (s->state->phase) {
	case PHASE_CHILD:
		log_event(s->log, EVENT_KILL_AFTER, NULL);
		s->deadline_ms = 0;
		send_to_target(s, SIGKILL, NULL);
		return;
	case PHASE_GRACE:
		start_kill(s);
		return;
	case PHASE_KILL:
		rest_signal(SIGKILL);
		s->look = true;
		s->deadline_ms = kernel_now_ms() + ROUND_MS;
		if (s->deadline_ms > s->give_up_ms)
			s->state->phase = PHASE_DONE;
		return;
	case PHASE_REST:
	case PHASE_DONE:
		return;
	}
}

static void say_last_signal(const struct server *s)
{
	const int signal = s->config->end_signal;
	const struct fact fact = {.signal = signal, .became = s->config->rewrite[signal]};

	if (s->config->rewritten & SIGNAL_BIT(signal))
		log_event(s->log, EVENT_TRANSLATED, &fact);
	log_event(s->log, fact.became != 0 ? EVENT_SENT : EVENT_NOT_SENT, &fact);
}

static void child_ended(struct server *s, int wait_status)
{
	const struct config *config = s->config;
	const bool killed = WIFSIGNALED(wait_status);

	s->status = relay_exit_status(config, wait_status);
	s->deadline_ms = 0;
	log_event(s->log, killed ? EVENT_CHILD_KILLED : EVENT_CHILD_EXITED,
		  &(struct fact){.status = WEXITSTATUS(wait_status),
				 .signal = killed ? WTERMSIG(wait_status) : 0});
	if (config->end_signal != 0)
		say_last_signal(s);
	/* Who asked the child to end will not ask again. */
	if (config->wait_all && (config->grace_ms < 0 || s->state->ends == 0))
		s->state->phase = PHASE_REST;
	else if (config->grace_ms >= 0)
		start_grace(s);
	else
		s->state->phase = PHASE_DONE;
}

/*
 * Stops the init as the signal would have: sends it to ourselves, or to our whole process group, and lets it
 * act. While it is pending a SIGCONT takes it away, so a shell that continues us early is not missed. The
 * signal itself and not SIGSTOP: who waits for us may be an init too, and leaves a child alone that an
 * operator has stopped.
 */
static COLD void suspend(const struct server *s, pid_t whom, int signal)
{
	uint64_t pending = 0;

	log_event(s->log, EVENT_SUSPEND, NULL);
	kill(whom, signal);
	kernel_sigprocmask(SIG_SETMASK, SIGNALS_ALL & ~SIGNAL_BIT(signal), NULL);
	kernel_sigprocmask(SIG_SETMASK, SIGNALS_ALL, NULL);
	kernel_sigpending(&pending);
	/* Not stopped and continued: a group without a shell behind it is not stopped by a terminal's
	 * signals.
	 */
	if (!(pending & SIGNAL_BIT(SIGCONT)))
		kill(s->state->self, SIGSTOP);
}

static void child_stopped(struct server *s, int signal)
{
	const pid_t child = s->state->child;
	uint64_t pending = 0;

	/* In a session of its own it has a terminal that no shell of ours waits for. */
	if (s->config->placement == PLACE_SESSION)
		return;
	kernel_sigpending(&pending);
	switch (relay_stopped(s->state->self, signal, tty_present(), tty_foreground(),
			      (pending & SIGNAL_BIT(SIGCONT)) != 0)) {
	case STOPPED_STAY:
		return;
	case STOPPED_RESUME:
		tty_give(child);
		kill(-child, SIGCONT);
		return;
	case STOPPED_SUSPEND:
		/* In the child's group the terminal would have stopped the rest of ours too: a pipeline, a
		 * script that waits for us. */
		suspend(s, s->config->placement == PLACE_GROUP ? 0 : s->state->self, SIGTSTP);
		return;
	}
}

/* Whether the child's group gets a signal at the child's end that it has not had yet. */
static bool owes_last_signal(const struct server *s)
{
	return s->config->end_signal != 0 && s->config->target != TARGET_CHILD && !s->sent_off;
}

/*
 * It gets it while the child is not reaped: as long as it is a zombie, its number cannot be anybody else's.
 * info: of somebody who has ended, as SIGCHLD and waitid(2) have it.
 */
static void send_off(struct server *s, const siginfo_t *info)
{
	const int signal = s->config->rewrite[s->config->end_signal];

	if (info->si_pid != s->state->child || info->si_code < CLD_EXITED || info->si_code > CLD_DUMPED)
		return;
	s->sent_off = true;
	if (signal != 0)
		kill(-info->si_pid, signal);
}

/* Returns as waitpid(2) does. */
static pid_t reap_one(struct server *s, int *wait_status)
{
	siginfo_t info;
	pid_t pid = -1;

	if (owes_last_signal(s)) {
		if (kernel_peek(P_ALL, 0, &info, WEXITED | WSTOPPED) < 0)
			return -1;
		pid = info.si_pid;
		if (pid == 0)
			return 0;
		send_off(s, &info);
	}
	return kernel_wait(pid, wait_status, WNOHANG | WUNTRACED);
}

static COLD void say_reaped(const struct server *s, pid_t pid, int wait_status)
{
	const bool killed = WIFSIGNALED(wait_status);
	const struct fact fact = {
		.pid = pid,
		.signal = killed ? WTERMSIG(wait_status) : 0,
		.status = killed ? 0 : WEXITSTATUS(wait_status),
	};

	log_event(s->log, EVENT_REAPED, &fact);
	log_event(s->log, killed ? EVENT_REAPED_KILLED : EVENT_REAPED_EXITED, &fact);
	if (pid != s->state->child && s->config->warn_reaped)
		log_event(s->log, EVENT_ZOMBIE_REAPED, &fact);
}

/* There is no child of ours any more. */
static void nobody_left(struct server *s)
{
	switch (s->state->phase) {
	case PHASE_CHILD: /* pause */
	case PHASE_DONE:
		return;
	case PHASE_GRACE:
	case PHASE_KILL:
		/* An engine's "exec" and a PID namespace that is shared bring processes whose parent is
		 * elsewhere. */
		s->poll = rest_signal(0) > 0;
		if (s->poll)
			return;
		break;
	case PHASE_REST:
		break;
	}
	s->state->phase = PHASE_DONE;
}

/* Reaps what has ended, but not for ever: a storm of orphans must not keep a SIGTERM waiting. */
static void reap(struct server *s)
{
	int left = REAP_BATCH;
	int wait_status;
	pid_t pid;

	while (left-- > 0 && (pid = reap_one(s, &wait_status)) > 0) {
		if (WIFSTOPPED(wait_status)) {
			if (pid == s->state->child)
				child_stopped(s, WSTOPSIG(wait_status));
			continue;
		}
		if (s->config->warn_reaped || log_wants(s->log, EVENT_REAPED))
			say_reaped(s, pid, wait_status);
		if (pid == s->state->child && s->state->phase == PHASE_CHILD)
			child_ended(s, wait_status);
	}
	s->look = left < 0;
	if (s->look)
		return;
	if (pid < 0 && errno != ECHILD) {
		cannot_wait(s);
		return;
	}
	log_event(s->log, pid == 0 ? EVENT_NONE_ENDED : EVENT_NONE_LEFT, NULL);
	if (pid < 0)
		nobody_left(s);
}

static void on_signal(struct server *s, const siginfo_t *info)
{
	const struct relay todo = relay(s->config, s->state, info);
	const struct fact fact = {.signal = info->si_signo, .became = todo.signal};

	if (todo.action == RELAY_NOTHING)
		return;
	log_event(s->log, info->si_signo == SIGCHLD ? EVENT_SIGCHLD : EVENT_SIGNAL, &fact);
	if (todo.translated)
		log_event(s->log, EVENT_TRANSLATED, &fact);
	if (info->si_signo == SIGTERM || info->si_signo == SIGINT)
		s->state->ends++;
	switch (todo.action) {
	case RELAY_NOTHING:
		break;
	case RELAY_REAP:
		/* Most often of the child: then nobody need be looked for. */
		if (owes_last_signal(s))
			send_off(s, info);
		reap(s);
		break;
	case RELAY_HANDOFF:
		s->state->handoff &= ~SIGNAL_BIT(info->si_signo);
		log_event(s->log, EVENT_HANDOFF, &fact);
		break;
	case RELAY_KEEP:
		log_event(s->log, EVENT_NOT_SENT, &fact);
		break;
	case RELAY_SEND:
		pass_on(s, &todo, info);
		break;
	case RELAY_SEND_REST:
		log_event(s->log, rest_signal(todo.signal) > 0 ? EVENT_SENT : EVENT_TARGET_GONE, &fact);
		break;
	case RELAY_FINISH:
		if (s->config->grace_ms >= 0)
			start_grace(s);
		else
			s->state->phase = PHASE_DONE;
		break;
	case RELAY_KILL:
		start_kill(s);
		break;
	}
	if (todo.suspend)
		suspend(s, s->state->self, info->si_signo);
}

/*
 * The next signal. Or 0 with errno, EAGAIN if the deadline is over, or nothing else is pending where there is
 * more to reap.
 */
static int await(const struct server *s, siginfo_t *info)
{
	struct kernel_timespec timeout = {0, 0};
	int signal;

	do {
		if (s->deadline_ms != 0 && !s->look) {
			int64_t left_ms = s->deadline_ms - kernel_now_ms();
			if (left_ms < 0)
				left_ms = 0;
			if (s->poll && left_ms > ROUND_MS)
				left_ms = ROUND_MS;
			timeout.seconds = (long)(left_ms / 1000);
			timeout.nanoseconds = (long)(left_ms % 1000) * 1000000;
		}
		/* The kernel hands out the lowest number first: SIGCHLD would always be before 18 and up. */
		signal = kernel_sigtimedwait(s->look ? SIGNALS_ALL & ~SIGNAL_BIT(SIGCHLD) : SIGNALS_ALL, info,
					     s->look || s->deadline_ms != 0 ? &timeout : NULL);
	} while (signal < 0 && errno == EINTR);
	return signal > 0 ? signal : 0;
}

int serve(const struct config *config, struct relay_state *state, const struct log *log)
{
	struct server s = {.config = config, .state = state, .log = log};
	siginfo_t info;

	while (state->phase != PHASE_DONE) {
		if (await(&s, &info) > 0)
			on_signal(&s, &info);
		else if (errno != EAGAIN)
			cannot_wait(&s);
		else if (s.deadline_ms != 0 && kernel_now_ms() >= s.deadline_ms)
			on_deadline(&s);
		else if (s.look || s.poll)
			reap(&s);
	}
	log_event(log, EVENT_GOODBYE, &(struct fact){.status = s.status});
	return s.status;
}
