/*
 * The log lines of the three dialects. People's scripts and the peers' own tests look for those of tini and
 * dumb-init: they stay as they are.
 */
#include "init/log.h"

#define COUNT(lines) (sizeof(lines) / sizeof((lines)[0]))

static const struct line tini_lines[] = {
	{EVENT_PDEATHSIG_FAILED, 0, "Failed to set up parent death signal"},
	{EVENT_SUBREAPER_FAILED, 0, "Failed to register as child subreaper: $r"},
	{EVENT_SPAWN_FAILED, 0, "fork failed: $r"},
	{EVENT_EXEC_FAILED, 0, "exec $c failed: $r"},
	{EVENT_NOT_REAPER, 1,
	 "Tini is not running as PID 1 and isn't registered as a child subreaper.\n"
	 "Zombie processes will not be re-parented to Tini, so zombie reaping won't work.\n"
	 "To fix the problem, use the -s option or set the environment variable TINI_SUBREAPER to register "
	 "Tini "
	 "as a child subreaper, or run Tini as PID 1."},
	{EVENT_ZOMBIE_REAPED, 1, "Reaped zombie process with pid=$p"},
	{EVENT_SEND_FAILED, 1, "Unexpected error when forwarding signal: '$r'"},
	{EVENT_TARGET_GONE, 1, "Child was dead when forwarding signal"},
	{EVENT_SUBREAPER, 4, "Registered as child subreaper"},
	{EVENT_SPAWNED, 2, "Spawned child process '$c' with pid '$p'"},
	{EVENT_SIGCHLD, 3, "Received SIGCHLD"},
	{EVENT_SENDING, 3, "Passing signal: '$w'"},
	{EVENT_REAPED, 3, "Reaped child with pid: '$p'"},
	{EVENT_CHILD_EXITED, 2, "Main child exited normally (with status '$x')"},
	{EVENT_CHILD_KILLED, 2, "Main child exited with signal (with signal '$w')"},
	{EVENT_NONE_ENDED, 4, "No child to reap"},
	{EVENT_NONE_LEFT, 4, "No child to wait"},
	{EVENT_GOODBYE, 4, "Exiting: child has exited"},
};

const struct words words_tini = {
	.prefix = {"[FATAL tini ($i)] ", "[WARN  tini ($i)] ", "[INFO  tini ($i)] ", "[DEBUG tini ($i)] ",
		   "[TRACE tini ($i)] "},
	.chatter = 2,
	.lines_count = COUNT(tini_lines),
	.lines = tini_lines,
};

static const struct line dumb_init_lines[] = {
	{EVENT_SPAWN_FAILED, 0, "Unable to fork. Exiting."},
	{EVENT_EXEC_FAILED, 0, "$c: $r"},
	{EVENT_DEBUG_MODE, 1, "Running in debug mode."},
	{EVENT_NO_SETSID, 1, "Not running in setsid mode."},
	{EVENT_DETACH_FAILED, 1, "Unable to detach from controlling tty (errno=$e $r)."},
	{EVENT_DETACHED_LEADER, 1,
	 "Detached from controlling tty, ignoring the first SIGHUP and SIGCONT we receive."},
	{EVENT_DETACHED, 1, "Detached from controlling tty, but was not session leader."},
	{EVENT_SPAWNED, 1, "Child spawned with PID $p."},
	{EVENT_ATTACH_FAILED, 1, "Unable to attach to controlling tty (errno=$e $r)."},
	{EVENT_SETSID, 1, "setsid complete."},
	{EVENT_SIGNAL, 1, "Received signal $s."},
	{EVENT_SIGCHLD, 1, "Received signal $s."},
	{EVENT_HANDOFF, 1, "Ignoring tty hand-off signal $s."},
	{EVENT_TRANSLATED, 1, "Translating signal $s to $t."},
	{EVENT_SENT, 1, "Forwarded signal $t to children."},
	{EVENT_NOT_SENT, 1, "Not forwarding signal $t to children (ignored)."},
	{EVENT_SUSPEND, 1, "Suspending self due to TTY signal."},
	{EVENT_REAPED_EXITED, 1, "A child with PID $p exited with exit status $x."},
	{EVENT_REAPED_KILLED, 1, "A child with PID $p was terminated by signal $s."},
	{EVENT_GOODBYE, 1, "Child exited with status $x. Goodbye."},
};

const struct words words_dumb_init = {
	.prefix = {"[dumb-init] ", "[dumb-init] ", "[dumb-init] ", "[dumb-init] ", "[dumb-init] "},
	.chatter = 1,
	.lines_count = COUNT(dumb_init_lines),
	.lines = dumb_init_lines,
};

static const struct line native_lines[] = {
	{EVENT_PDEATHSIG_FAILED, 0, "cannot ask for a signal at the parent's death: $r"},
	{EVENT_SUBREAPER_FAILED, 0, "cannot become subreaper: $r"},
	{EVENT_SPAWN_FAILED, 0, "cannot start a process for '$c': $r"},
	{EVENT_EXEC_FAILED, 0, "cannot run '$c': $r"},
	{EVENT_NOT_REAPER, 2, "neither PID 1 nor subreaper: orphans are left to others"},
	{EVENT_ZOMBIE_REAPED, 1, "reaped orphan $p"},
	{EVENT_SEND_FAILED, 1, "cannot send $m: $r"},
	{EVENT_TARGET_GONE, 2, "cannot send $m: nobody is left to get it"},
	{EVENT_SUBREAPER, 3, "is subreaper"},
	{EVENT_DETACH_FAILED, 3, "no terminal to detach from: $r"},
	{EVENT_DETACHED_LEADER, 3, "detached from the terminal as its session's leader"},
	{EVENT_DETACHED, 3, "detached from the terminal"},
	{EVENT_SPAWNED, 2, "started '$c' as $p"},
	{EVENT_ATTACH_FAILED, 3, "the child has no controlling terminal: $r"},
	{EVENT_HANDOFF, 3, "$n is the terminal's hand-off, not passed on"},
	{EVENT_SENT, 2, "$n: passed on as $m"},
	{EVENT_NOT_SENT, 2, "$n: not passed on"},
	{EVENT_SUSPEND, 2, "stopping, as the child did"},
	{EVENT_REAPED_EXITED, 3, "$p ended with status $x"},
	{EVENT_REAPED_KILLED, 3, "$p was ended by $n"},
	{EVENT_CHILD_EXITED, 2, "the child ended with status $x"},
	{EVENT_CHILD_KILLED, 2, "the child was ended by $n"},
	{EVENT_GRACE, 2, "asking what is left to end"},
	{EVENT_KILL, 1, "killing what is left"},
	{EVENT_KILL_AFTER, 1, "the child is still there, killing it"},
	{EVENT_GOODBYE, 3, "exiting with status $x"},
};

#define NATIVE_PREFIX "praekelt-init: "
const struct words words_native = {
	.prefix = {NATIVE_PREFIX, NATIVE_PREFIX, NATIVE_PREFIX, NATIVE_PREFIX, NATIVE_PREFIX},
	.chatter = 2,
	.lines_count = COUNT(native_lines),
	.lines = native_lines,
};
