/*
 * property: start, spawn, serve, reap, delay, grace period, stop and continue, in every order of events: a TERM reaches
 *	the child, the init ends after its child, the grace period and the delay end, a stopped child is continued, no
 *	signal goes to a process that took over the child's pid
 * bound: 1 child and 1 process that outlives it, TERM sent twice or without end, 1 stop
 * assumes: each system call is one step, and each process goes on | the kernel
 * assumes: the model does what spawn.c, serve.c, relay.c, reap.c, grace.c and job_control.c do | a reader who compares
 *	them; the proofs relay and serve show the code's own steps
 * run: plain | -DNONE | arrives ends reaped
 * run: group | -DGROUP | arrives ends
 * run: last signal | -DGROUP -DLAST | arrives ends no_stranger
 * run: flood | -DFLOOD | ends
 * run: delay | -DDELAY | arrives ends delay_ends
 * run: delay, flood | -DDELAY -DFLOOD | arrives delay_ends
 * run: grace | -DGRACE | arrives ends grace_ends
 * run: grace, flood | -DGRACE -DFLOOD | ends grace_ends
 * run: delay, grace | -DDELAY -DGRACE | arrives ends grace_ends delay_ends
 * run: stop | -DJOBS | continues arrives ends
 * mutant: signals are blocked after the spawn | -DBUG_LATE_BLOCK | arrives
 * mutant: the child has handlers and unblocks before it is placed | -DBUG_EARLY_UNBLOCK | arrives
 * mutant: the child alone makes its group, and a missing group is no error | -DGROUP -DBUG_NO_FALLBACK | arrives
 * mutant: the last signal is sent after the child was reaped | -DGROUP -DLAST -DBUG_REAP_FIRST | no_stranger
 * mutant: the deadline is looked at when no signal waits | -DGRACE -DFLOOD -DBUG_IDLE_DEADLINE | grace_ends
 * mutant: children are reaped after SIGCHLD only | -DFLOOD -DBUG_REAP_ON_SIGCHLD | ends
 * mutant: the delay's end forgets the signal | -DDELAY -DBUG_DELAY_FORGETS | arrives
 * mutant: the init stops without looking for a SIGCONT | -DJOBS -DBUG_STOP_BLINDLY | continues
 * mutant: the known gap, a SIGCONT from somebody who has not seen the init stop | -DJOBS -DEARLY_SIGCONT | continues
 */
mtype = { UNBORN, FORKED, PLACED, RUNNING, STOPPED, ZOMBIE, REAPED }
mtype = { CHILD, IN_GRACE, KILL, DONE }
mtype = { NOTHING, TERM, CHLD, CONT }

/* The kernel's side of it. */
bool ready                             /* the init has blocked its signals */
bool term, chld, cont                  /* pending for the init */
bool init_stopped, stop_pending
mtype child = UNBORN
bool child_blocks, child_pending       /* its mask, and a TERM that waits behind it */
bool child_handles                     /* it runs with handlers of the init, which do nothing there */
bool orphan, orphan_zombie             /* a process of the child's group that outlives the child */
byte orphan_stays                      /* 0: TERM ends it; 1: KILL does; 2: it hangs in the kernel */
bool pid_reused
/* What is asked about. */
bool asked, got, stranger_hit, exited
/* The init. */
mtype phase = CHILD
bool deadline, time_is_over, delayed, asked_before, last_sent, stop_seen

#define ENDED      (child == ZOMBIE || child == REAPED)
#define HAS_GROUP  (child == PLACED || child == RUNNING || child == STOPPED || child == ZOMBIE || orphan)

ltl arrives     { [] (asked -> <> (got || ENDED)) }
ltl ends        { [] (child == ZOMBIE -> <> exited) }
ltl reaped      { [] (exited -> child == REAPED) }
ltl no_stranger { [] !stranger_hit }
ltl grace_ends  { [] (phase == IN_GRACE -> <> (phase == DONE)) }
ltl delay_ends  { [] (delayed -> <> (!delayed || exited)) }
ltl continues   { [] (child == STOPPED -> <> (child != STOPPED)) }

inline end_child() {
	child = ZOMBIE; chld = true
}

/* The kernel delivers TERM to the child. */
inline hit_child() {
	if
	:: child == REAPED -> stranger_hit = stranger_hit || pid_reused
	:: child == ZOMBIE
	:: child_handles
	:: !child_handles && !ENDED && (child_blocks || child == STOPPED) -> child_pending = true
	:: !child_handles && !ENDED && child != STOPPED && !child_blocks ->
		got = true;
		if :: end_child() :: skip fi
	fi
}

inline hit_orphan(strength) {
	if
	:: orphan && orphan_stays <= strength -> orphan = false; orphan_zombie = true; chld = true
	:: else
	fi
}

/* forward() */
inline forward_term() {
#ifdef GROUP
	if
	:: atomic { HAS_GROUP -> hit_child(); hit_orphan(0) }
	:: atomic { !HAS_GROUP ->
#ifndef BUG_NO_FALLBACK
		hit_child()
#endif
		}
	fi
#else
	atomic { hit_child() }
#endif
}

inline start_clock() {
	atomic { deadline = true; time_is_over = false }
}

inline grace_start() {
#ifdef GRACE
	phase = IN_GRACE;
	delayed = false;
	start_clock();
	atomic { hit_orphan(0) }
#else
	phase = DONE
#endif
}

inline grace_kill() {
	phase = KILL;
	start_clock();
	atomic { hit_orphan(1) }
}

/* relay() and act(), of a TERM */
inline on_term() {
	if
	:: phase == CHILD ->
#ifdef DELAY
		if
		:: !asked_before -> delayed = true; start_clock()
		:: else -> forward_term()
		fi
#else
		forward_term()
#endif
	:: phase == IN_GRACE && asked_before -> grace_kill()
	:: phase == IN_GRACE && !asked_before -> atomic { hit_orphan(0) }
	:: phase == KILL || phase == DONE
	fi
}

inline end_delay() {
	delayed = false;
	deadline = false;
	forward_term()
}

inline on_deadline() {
	if
	:: delayed ->
		delayed = false;
		deadline = false;
#ifndef BUG_DELAY_FORGETS
		if
		:: phase == CHILD -> forward_term()
		:: else
		fi
#endif
	:: !delayed && phase == IN_GRACE -> grace_kill()
	:: !delayed && phase == KILL -> phase = DONE
	:: else -> deadline = false
	fi
}

/* job_control_suspend(): SIGTSTP; then SIGSTOP, unless a SIGCONT has come. A stop signal discards a SIGCONT that waits. */
inline suspend() {
	atomic {
		cont = false;
		if
		:: init_stopped = true
		:: skip /* in an orphaned group */
		fi
	};
	(!init_stopped);
#ifdef BUG_STOP_BLINDLY
	atomic { cont = false; init_stopped = true };
#else
	if
	:: cont
	:: atomic { !cont -> init_stopped = true }
	fi;
#endif
	(!init_stopped)
}

inline send_last_signal() {
#ifdef LAST
	if
	:: !last_sent -> last_sent = true; atomic { hit_child(); hit_orphan(0) }
	:: else
	fi
#else
	skip
#endif
}

inline reap() {
	if
	:: child == ZOMBIE ->
#ifdef BUG_REAP_FIRST
		child = REAPED;
		send_last_signal();
#else
		send_last_signal();
		child = REAPED;
#endif
		if
		:: phase == CHILD -> grace_start()
		:: else
		fi
	:: child == STOPPED && !stop_seen ->
		stop_seen = true;
		if
		:: cont
		:: !cont -> suspend()
		fi
	:: else
	fi;
	if
	:: atomic { ENDED && orphan_zombie -> orphan_zombie = false }
	:: else
	fi;
	if
	:: (phase == IN_GRACE || phase == KILL) && child == REAPED && !orphan && !orphan_zombie -> phase = DONE
	:: else
	fi
}

inline continue_child() {
	child = RUNNING;
	if
	:: child_pending -> child_pending = false; got = true; if :: end_child() :: skip fi
	:: else
	fi
}

active proctype the_init() {
	mtype signal;

#ifndef BUG_LATE_BLOCK
	ready = true;
#endif
	atomic { child = FORKED; child_blocks = true; run command() };
	ready = true;
	do
	:: phase == DONE -> break
	:: phase != DONE ->
		/* await(): the lowest number first */
		if
		:: atomic { term -> term = false; signal = TERM }
		:: atomic { !term && chld -> chld = false; signal = CHLD }
		:: atomic { !term && !chld && cont -> cont = false; signal = CONT }
		:: !term && !chld && !cont && deadline && time_is_over -> signal = NOTHING
		fi;
#ifdef BUG_IDLE_DEADLINE
		if
		:: signal == NOTHING -> on_deadline()
		:: else
		fi;
#else
		if
		:: deadline && time_is_over -> on_deadline()
		:: else
		fi;
#endif
		if
		:: signal == TERM ->
			if
			:: delayed -> end_delay()
			:: else
			fi;
			on_term();
			asked_before = true
		:: signal == CONT -> atomic { if :: child == STOPPED -> continue_child() :: else fi }
		:: else
		fi;
#ifdef BUG_REAP_ON_SIGCHLD
		if
		:: signal == CHLD -> reap()
		:: else
		fi
#else
		reap()
#endif
	od;
	exited = true
}

/* child_main() and the program */
proctype command() {
#ifdef BUG_EARLY_UNBLOCK
	atomic { child_handles = true; child_blocks = false; child_pending = false };
#endif
	if
	:: atomic { !ENDED -> child = PLACED }
	:: ENDED -> goto over
	fi;
	child_handles = false;
	/* TERM has its default action between this and the program's start. */
	atomic {
		child_blocks = false;
		if
		:: child_pending -> child_pending = false; got = true; end_child()
		:: else
		fi
	};
	if
	:: atomic { child == PLACED -> child = RUNNING }
	:: atomic { child == PLACED -> end_child() } /* it cannot be executed */
	:: ENDED -> goto over
	fi;
	if
	:: atomic { !ENDED -> orphan = true; if :: orphan_stays = 0 :: orphan_stays = 1 :: orphan_stays = 2 fi }
	:: true
	fi;
#ifdef JOBS
	if
	:: atomic { child == RUNNING -> child = STOPPED; chld = true }
	:: true
	fi;
#endif
	/* It runs until a TERM ends it, or ends by itself. */
	if
	:: true -> (ENDED)
	:: true -> if :: ENDED :: atomic { child == RUNNING -> end_child() } fi
	fi;
over:	skip
}

active proctype sender() {
	byte sent = 0;

	do
	:: exited || sent > 0 -> break
	:: atomic { !exited && sent < 2 && (ready || child != UNBORN) ->
		asked = true;
		term = ready; /* PID 1 without a handler gets no signal that it does not block */
#ifndef FLOOD
		sent++
#endif
		}
	od
}

/* It continues a job that it sees stopped, once for each time. */
active proctype shell() {
	do
#ifdef EARLY_SIGCONT
	:: atomic { child == STOPPED -> init_stopped = false; cont = true }; break
#else
	:: atomic { init_stopped -> init_stopped = false; cont = true }; break
#endif
	:: exited -> break
	od
}

active proctype orphan_ends() {
	if
	:: atomic { orphan && orphan_stays == 0 -> orphan = false; orphan_zombie = true; chld = true }
	:: exited
	fi
}

active proctype others() {
	if
	:: atomic { child == REAPED && !orphan && !exited -> pid_reused = true }
	:: exited
	fi
}

active proctype clock() {
	do
	:: atomic { deadline && !time_is_over -> time_is_over = true }
	:: exited -> break
	od
}
