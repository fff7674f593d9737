/*
 * The log lines of the three dialects. People's scripts and the peers' own tests look for those of tini and
 * dumb-init: they stay as they are.
 */
#include "init/log.h"

#include <stddef.h>

/*
 * A dialect's texts are one constant, and its lines say where in it each starts: a pointer a line would have
 * to be relocated at every start, in memory that every container then has to itself.
 */
#define TEXT_MEMBER(S, event, level, text) char event[sizeof(text)];
#define TEXT_VALUE(S, event, level, text)  text,
#define LINE(S, event, level, text)        {event, level, offsetof(struct S##_texts, event)},
#define LINES(S, LIST)                                                                                       \
	static const struct S##_texts {                                                                      \
		LIST(TEXT_MEMBER, S)                                                                         \
	} S##_texts = {LIST(TEXT_VALUE, S)};                                                                 \
	static const struct line S##_lines[] = {LIST(LINE, S)}
#define COUNT(lines) (sizeof(lines) / sizeof((lines)[0]))

#define TINI_LINES(X, S)                                                                                     \
	X(S, EVENT_PDEATHSIG_FAILED, 0, "Failed to set up parent death signal")                              \
	X(S, EVENT_SUBREAPER_FAILED, 0, "Failed to register as child subreaper: $r")                         \
	X(S, EVENT_SPAWN_FAILED, 0, "fork failed: $r")                                                       \
	X(S, EVENT_EXEC_FAILED, 0, "exec $c failed: $r")                                                     \
	X(S, EVENT_WAIT_FAILED, 0, "Error while waiting for pids: '$r'")                                     \
	X(S, EVENT_NOT_REAPER, 1,                                                                            \
	  "Tini is not running as PID 1 and isn't registered as a child subreaper.\n"                        \
	  "Zombie processes will not be re-parented to Tini, so zombie reaping won't work.\n"                \
	  "To fix the problem, use the -s option or set the environment variable TINI_SUBREAPER to "         \
	  "register Tini "                                                                                   \
	  "as a child subreaper, or run Tini as PID 1.")                                                     \
	X(S, EVENT_ZOMBIE_REAPED, 1, "Reaped zombie process with pid=$p")                                    \
	X(S, EVENT_SEND_FAILED, 1, "Unexpected error when forwarding signal: '$r'")                          \
	X(S, EVENT_TARGET_GONE, 1, "Child was dead when forwarding signal")                                  \
	X(S, EVENT_SUBREAPER, 4, "Registered as child subreaper")                                            \
	X(S, EVENT_SPAWNED, 2, "Spawned child process '$c' with pid '$p'")                                   \
	X(S, EVENT_SIGCHLD, 3, "Received SIGCHLD")                                                           \
	X(S, EVENT_SENDING, 3, "Passing signal: '$w'")                                                       \
	X(S, EVENT_REAPED, 3, "Reaped child with pid: '$p'")                                                 \
	X(S, EVENT_CHILD_EXITED, 2, "Main child exited normally (with status '$x')")                         \
	X(S, EVENT_CHILD_KILLED, 2, "Main child exited with signal (with signal '$w')")                      \
	X(S, EVENT_NONE_ENDED, 4, "No child to reap")                                                        \
	X(S, EVENT_NONE_LEFT, 4, "No child to wait")                                                         \
	X(S, EVENT_GOODBYE, 4, "Exiting: child has exited")

LINES(tini, TINI_LINES);

const struct words words_tini = {
	.prefix = {"[FATAL tini ($i)] ", "[WARN  tini ($i)] ", "[INFO  tini ($i)] ", "[DEBUG tini ($i)] ",
		   "[TRACE tini ($i)] "},
	.chatter = 2,
	.lines_count = COUNT(tini_lines),
	.lines = tini_lines,
	.texts = (const char *)&tini_texts,
};

#define DUMB_INIT_LINES(X, S)                                                                                \
	X(S, EVENT_SPAWN_FAILED, 0, "Unable to fork. Exiting.")                                              \
	X(S, EVENT_EXEC_FAILED, 0, "$c: $r")                                                                 \
	X(S, EVENT_WAIT_FAILED, 0, "Unable to wait: $r.")                                                    \
	X(S, EVENT_SEND_FAILED, 0, "Unable to send: $r.")                                                    \
	X(S, EVENT_DEBUG_MODE, 1, "Running in debug mode.")                                                  \
	X(S, EVENT_NO_SETSID, 1, "Not running in setsid mode.")                                              \
	X(S, EVENT_DETACH_FAILED, 1, "Unable to detach from controlling tty (errno=$e $r).")                 \
	X(S, EVENT_DETACHED_LEADER, 1,                                                                       \
	  "Detached from controlling tty, ignoring the first SIGHUP and SIGCONT we receive.")                \
	X(S, EVENT_DETACHED, 1, "Detached from controlling tty, but was not session leader.")                \
	X(S, EVENT_SPAWNED, 1, "Child spawned with PID $p.")                                                 \
	X(S, EVENT_ATTACH_FAILED, 1, "Unable to attach to controlling tty (errno=$e $r).")                   \
	X(S, EVENT_SETSID, 1, "setsid complete.")                                                            \
	X(S, EVENT_SIGNAL, 1, "Received signal $s.")                                                         \
	X(S, EVENT_SIGCHLD, 1, "Received signal $s.")                                                        \
	X(S, EVENT_HANDOFF, 1, "Ignoring tty hand-off signal $s.")                                           \
	X(S, EVENT_TRANSLATED, 1, "Translating signal $s to $t.")                                            \
	X(S, EVENT_SENT, 1, "Forwarded signal $t to children.")                                              \
	X(S, EVENT_NOT_SENT, 1, "Not forwarding signal $t to children (ignored).")                           \
	X(S, EVENT_SUSPEND, 1, "Suspending self due to TTY signal.")                                         \
	X(S, EVENT_REAPED_EXITED, 1, "A child with PID $p exited with exit status $x.")                      \
	X(S, EVENT_REAPED_KILLED, 1, "A child with PID $p was terminated by signal $s.")                     \
	X(S, EVENT_GOODBYE, 1, "Child exited with status $x. Goodbye.")

LINES(dumb_init, DUMB_INIT_LINES);

const struct words words_dumb_init = {
	.prefix = {"[dumb-init] ", "[dumb-init] ", "[dumb-init] ", "[dumb-init] ", "[dumb-init] "},
	.chatter = 1,
	.lines_count = COUNT(dumb_init_lines),
	.lines = dumb_init_lines,
	.texts = (const char *)&dumb_init_texts,
};

#define NATIVE_LINES(X, S)                                                                                   \
	X(S, EVENT_PDEATHSIG_FAILED, 0, "cannot ask for a signal at the parent's death: $r")                 \
	X(S, EVENT_SUBREAPER_FAILED, 0, "cannot become subreaper: $r")                                       \
	X(S, EVENT_SPAWN_FAILED, 0, "cannot start a process for '$c': $r")                                   \
	X(S, EVENT_EXEC_FAILED, 0, "cannot run '$c': $r")                                                    \
	X(S, EVENT_WAIT_FAILED, 0, "cannot wait: $r")                                                        \
	X(S, EVENT_NOT_REAPER, 2, "neither PID 1 nor subreaper: orphans are left to others")                 \
	X(S, EVENT_ZOMBIE_REAPED, 1, "reaped orphan $p")                                                     \
	X(S, EVENT_SEND_FAILED, 1, "cannot send $m: $r")                                                     \
	X(S, EVENT_TARGET_GONE, 2, "cannot send $m: nobody is left")                                         \
	X(S, EVENT_SUBREAPER, 3, "is subreaper")                                                             \
	X(S, EVENT_DETACH_FAILED, 3, "no terminal to detach from: $r")                                       \
	X(S, EVENT_DETACHED_LEADER, 3, "detached from the terminal as its session's leader")                 \
	X(S, EVENT_DETACHED, 3, "detached from the terminal")                                                \
	X(S, EVENT_SPAWNED, 2, "started '$c' as $p")                                                         \
	X(S, EVENT_ATTACH_FAILED, 3, "the child has no controlling terminal: $r")                            \
	X(S, EVENT_HANDOFF, 3, "$n is the terminal's hand-off, not passed on")                               \
	X(S, EVENT_SENT, 2, "$n: passed on as $m")                                                           \
	X(S, EVENT_NOT_SENT, 2, "$n: not passed on")                                                         \
	X(S, EVENT_SUSPEND, 2, "stopping, as the child did")                                                 \
	X(S, EVENT_REAPED_EXITED, 3, "$p ended with status $x")                                              \
	X(S, EVENT_REAPED_KILLED, 3, "$p was ended by $n")                                                   \
	X(S, EVENT_CHILD_EXITED, 2, "the child ended with status $x")                                        \
	X(S, EVENT_CHILD_KILLED, 2, "the child was ended by $n")                                             \
	X(S, EVENT_GRACE, 2, "asking what is left to end")                                                   \
	X(S, EVENT_KILL, 1, "killing what is left")                                                          \
	X(S, EVENT_KILL_AFTER, 1, "the child is still there, killing it")                                    \
	X(S, EVENT_GOODBYE, 3, "exiting with status $x")

LINES(native, NATIVE_LINES);

#define NATIVE_PREFIX "praekelt-init: "
const struct words words_native = {
	.prefix = {NATIVE_PREFIX, NATIVE_PREFIX, NATIVE_PREFIX, NATIVE_PREFIX, NATIVE_PREFIX},
	.chatter = 2,
	.lines_count = COUNT(native_lines),
	.lines = native_lines,
	.texts = (const char *)&native_texts,
};
