/*
 * See log_messages.h. These are functions, because a table of pointers needs relocations at every start. A
 * dialect does not log the events that it does not list.
 */
#include "init/log_messages.h"

#include <stddef.h>

/* One line for each event. */
/* clang-format off */

#define FATAL "0[FATAL tini ($i)] "
#define WARN  "1[WARN  tini ($i)] "
#define INFO  "2[INFO  tini ($i)] "
#define DEBUG "3[DEBUG tini ($i)] "
#define TRACE "4[TRACE tini ($i)] "

const char *message_tini(enum event event)
{
	switch ((int)event) {
	case EVENT_PDEATHSIG_FAILED: return FATAL "Failed to set up parent death signal";
	case EVENT_SUBREAPER_FAILED: return FATAL "Failed to register as child subreaper: $r";
	case EVENT_SPAWN_FAILED: return FATAL "fork failed: $r";
	case EVENT_EXEC_FAILED: return FATAL "exec $c failed: $r";
	case EVENT_WAIT_FAILED: return FATAL "Error while waiting for pids: '$r'";
	case EVENT_NOT_REAPER: return WARN
			"Tini is not running as PID 1 and isn't registered as a child subreaper.\n"
			"Zombie processes will not be re-parented to Tini, so zombie reaping won't work.\n"
			"To fix the problem, use the -s option or set the environment variable "
			"TINI_SUBREAPER to register Tini as a child subreaper, or run Tini as PID 1.";
	case EVENT_ZOMBIE_REAPED: return WARN "Reaped zombie process with pid=$p";
	case EVENT_SEND_FAILED: return WARN "Unexpected error when forwarding signal: '$r'";
	case EVENT_NO_TARGET: return WARN "Child was dead when forwarding signal";
	case EVENT_STOP_REFUSED: return FATAL "Cannot forward signal '$w' to the child without CAP_KILL: '$r'";
	case EVENT_SUBREAPER: return TRACE "Registered as child subreaper";
	case EVENT_SPAWNED: return INFO "Spawned child process '$c' with pid '$p'";
	case EVENT_SIGCHLD: return DEBUG "Received SIGCHLD";
	case EVENT_SENDING: return DEBUG "Passing signal: '$w'";
	case EVENT_REAPED: return DEBUG "Reaped child with pid: '$p'";
	case EVENT_CHILD_EXITED: return INFO "Main child exited normally (with status '$x')";
	case EVENT_CHILD_KILLED: return INFO "Main child exited with signal (with signal '$w')";
	case EVENT_NONE_ENDED: return TRACE "No child to reap";
	case EVENT_NO_CHILD: return TRACE "No child to wait";
	case EVENT_GOODBYE: return TRACE "Exiting: child has exited";
	default: return NULL;
	}
}

#define ALWAYS  "0[dumb-init] "
#define VERBOSE "1[dumb-init] "

const char *message_dumb_init(enum event event)
{
	switch ((int)event) {
	case EVENT_SPAWN_FAILED: return ALWAYS "Unable to fork. Exiting.";
	case EVENT_EXEC_FAILED: return ALWAYS "$c: $r";
	case EVENT_WAIT_FAILED: return ALWAYS "Unable to wait: $r.";
	case EVENT_SEND_FAILED: return ALWAYS "Unable to send: $r.";
	case EVENT_STOP_REFUSED: return ALWAYS "Unable to send signal $t without CAP_KILL: $r. Exiting.";
	case EVENT_DEBUG_MODE: return VERBOSE "Running in debug mode.";
	case EVENT_NO_SETSID: return VERBOSE "Not running in setsid mode.";
	case EVENT_DETACH_FAILED: return VERBOSE "Unable to detach from controlling tty (errno=$e $r).";
	case EVENT_DETACHED_LEADER: return VERBOSE
			"Detached from controlling tty, ignoring the first SIGHUP and SIGCONT we receive.";
	case EVENT_DETACHED: return VERBOSE "Detached from controlling tty, but was not session leader.";
	case EVENT_SPAWNED: return VERBOSE "Child spawned with PID $p.";
	case EVENT_ATTACH_FAILED: return VERBOSE "Unable to attach to controlling tty (errno=$e $r).";
	case EVENT_SETSID: return VERBOSE "setsid complete.";
	case EVENT_SIGNAL:
	case EVENT_SIGCHLD:
		return VERBOSE "Received signal $s.";
	case EVENT_HANDOFF: return VERBOSE "Ignoring tty hand-off signal $s.";
	case EVENT_TRANSLATED: return VERBOSE "Translating signal $s to $t.";
	case EVENT_SENT: return VERBOSE "Forwarded signal $t to children.";
	case EVENT_NOT_SENT: return VERBOSE "Not forwarding signal $t to children (ignored).";
	case EVENT_SUSPEND: return VERBOSE "Suspending self due to TTY signal.";
	case EVENT_REAPED_EXITED: return VERBOSE "A child with PID $p exited with exit status $x.";
	case EVENT_REAPED_KILLED: return VERBOSE "A child with PID $p was terminated by signal $s.";
	case EVENT_GOODBYE: return VERBOSE "Child exited with status $x. Goodbye.";
	default: return NULL;
	}
}

const char *message_catatonit(enum event event)
{
	switch ((int)event) {
	case EVENT_SUBREAPER_FAILED: return "0ERROR (catatonit:$i): failed to set child-reaper as non-pid1: $r";
	case EVENT_SPAWN_FAILED: return "0ERROR (catatonit:$i): failed to fork child: $r";
	case EVENT_EXEC_FAILED: return "0ERROR (catatonit:$i): failed to exec pid1: $r";
	case EVENT_WAIT_FAILED: return "0ERROR (catatonit:$i): failed to wait: $r";
	case EVENT_SEND_FAILED: return "0WARNING (catatonit:$i): forwarding of signal $t to pid1 failed: $r";
	case EVENT_STOP_REFUSED: return "0ERROR (catatonit:$i): forwarding of signal $t to pid1 failed without CAP_KILL: $r";
	case EVENT_SPAWNED: return "1DEBUG (catatonit:$i): pid1 ($p) spawned: $c";
	case EVENT_REAPED_EXITED: return "1DEBUG (catatonit:$i): child process $p exited with code $x";
	case EVENT_REAPED_KILLED: return "1DEBUG (catatonit:$i): child process $p exited due to signal $s";
	case EVENT_NO_CHILD: return "1DEBUG (catatonit:$i): got ECHILD: no children left to monitor";
	default: return NULL;
	}
}

#define ERROR   "0praekelt-init: "
#define WARNING "1praekelt-init: "
#define NOTICE  "2praekelt-init: "
#define DETAIL  "3praekelt-init: "

const char *message_native(enum event event)
{
	switch ((int)event) {
	case EVENT_PDEATHSIG_FAILED: return ERROR "cannot ask for a signal at the parent's death: $r";
	case EVENT_SUBREAPER_FAILED: return ERROR "cannot become subreaper: $r";
	case EVENT_SPAWN_FAILED: return ERROR "cannot start a process for '$c': $r";
	case EVENT_EXEC_FAILED: return ERROR "cannot run '$c': $r";
	case EVENT_WAIT_FAILED: return ERROR "cannot wait: $r";
	case EVENT_NOT_REAPER: return NOTICE "neither PID 1 nor subreaper: orphans are left to others";
	case EVENT_ZOMBIE_REAPED: return WARNING "reaped orphan $p";
	case EVENT_SEND_FAILED: return WARNING "cannot send $m: $r";
	case EVENT_NO_TARGET: return NOTICE "cannot send $m: no process is left";
	case EVENT_CANNOT_SEE: return WARNING
			"cannot see which processes are left, which needs the /proc of this PID namespace: $r";
	case EVENT_STOP_REFUSED: return ERROR "cannot send $m to the child without CAP_KILL, exiting: $r";
	case EVENT_KILL: return WARNING "killing the remaining processes";
	case EVENT_DELAYED: return NOTICE "$n: passed on later";
	case EVENT_KILL_AFTER: return WARNING "the child is still running, killing it";
	case EVENT_SUBREAPER: return DETAIL "is subreaper";
	case EVENT_DETACH_FAILED: return DETAIL "no terminal to detach from: $r";
	case EVENT_DETACHED_LEADER: return DETAIL "detached from the terminal as its session's leader";
	case EVENT_DETACHED: return DETAIL "detached from the terminal";
	case EVENT_SPAWNED: return NOTICE "started '$c' as $p";
	case EVENT_ATTACH_FAILED: return DETAIL "the child has no controlling terminal: $r";
	case EVENT_HANDOFF: return DETAIL "$n is the terminal's hand-off, not passed on";
	case EVENT_SENT: return NOTICE "$n: passed on as $m";
	case EVENT_NOT_SENT: return NOTICE "$n: not passed on";
	case EVENT_SUSPEND: return NOTICE "stopping, as the child did";
	case EVENT_REAPED_EXITED: return DETAIL "$p ended with status $x";
	case EVENT_REAPED_KILLED: return DETAIL "$p was ended by $n";
	case EVENT_CHILD_EXITED: return NOTICE "the child ended with status $x";
	case EVENT_CHILD_KILLED: return NOTICE "the child was ended by $n";
	case EVENT_GRACE: return NOTICE "asking the remaining processes to end";
	case EVENT_GOODBYE: return DETAIL "exiting with status $x";
	default: return NULL;
	}
}
