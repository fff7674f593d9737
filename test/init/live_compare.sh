#!/bin/bash
# Runs the same command lines on the peers, Debian's tini, dumb-init and catatonit, and on ours under their names, and compares
# what they say, how they end and what reaches their child. Prints TAP. Pids are made the same first.
#
# Differences that are meant have no case here, or are named where they are taken out; praekelt-init(1), COMPATIBILITY,
# has them all.
set -u
count=0
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir "$work/ours" "$work/peer"

for name in tini dumb-init catatonit; do
	peer=$(PATH=/usr/bin:/bin command -v "$name")
	if [ -z "$peer" ] || [ "$(readlink "$peer")" = praekelt-init ]; then
		echo "ok 1 - compare # SKIP no $name of Debian here to compare with"
		exit 0
	fi
	ln -s "$peer" "$work/peer/$name"
	ln -s "$BIN/$name" "$work/ours/$name"
done

result() { # NAME: compares ours.out and peer.out
	count=$((count + 1))
	in_order "$work/ours.out"
	in_order "$work/peer.out"
	if cmp -s "$work/ours.out" "$work/peer.out"; then
		echo "ok $count - $1"
	else
		echo "not ok $count - $1"
		diff "$work/peer.out" "$work/ours.out" | sed 's/^/# /'
	fi
}

normalize() {
	sed -E "s/tini version [0-9.]+_catatonit/tini version X_catatonit/; s/(catatonit:|pid1 \(|process )[0-9]+/\1PID/
		s/\(([0-9]+)\)\]/(PID)]/; s/(pid:?) '[0-9]+'/\1 'PID'/; s/pid=[0-9]+/pid=PID/; s/PID [0-9]+/PID PID/"
}

# dumb-init's own two processes speak in no fixed order: -v lines are compared sorted.
in_order() {
	if grep -q '\[dumb-init\] Child spawned' "$1"; then
		LC_ALL=C sort -o "$1" "$1"
	fi
}

# Output and status of one command line: same WORD... (what is merged: tini's words from INFO on go to stdout)
same() {
	local side
	for side in peer ours; do
		(
			exec </dev/null
			setsid -w env PATH="$work/$side:$PATH" "$@" 2>&1
			echo "status $?"
		) 2>&1 | normalize >"$work/$side.out"
	done
	result "$*"
}

# As PID 1.
same_pid1() {
	local side
	for side in peer ours; do
		(
			exec </dev/null
			unshare -Urpf --mount-proc env PATH="$work/$side:$PATH" "$@" 2>&1
			echo "status $?"
		) 2>&1 | normalize >"$work/$side.out"
	done
	result "PID 1: $*"
}

# stdout and stderr apart
same_streams() {
	local side
	for side in peer ours; do
		(
			env PATH="$work/$side:$PATH" "$@" >"$work/stdout" 2>"$work/stderr" </dev/null
			echo "status $?"
			sed 's/^/1 /' "$work/stdout"
			sed 's/^/2 /' "$work/stderr"
		) 2>&1 | normalize >"$work/$side.out"
	done
	result "streams: $*"
}

# What the child gets of each signal in turn. signals NUMBERS WORD...
relayed() {
	local numbers=$1 side n line init child
	shift
	for side in peer ours; do
		rm -f "$work/fifo"
		mkfifo "$work/fifo"
		(
			exec setsid env PATH="$work/$side:$PATH" "$@" "$PROBE" wait >"$work/fifo" 2>/dev/null </dev/null
		) &
		init=$!
		exec 3<"$work/fifo"
		read -r -t 10 line <&3
		{
			echo "$line"
			for n in $numbers; do
				kill -s "$n" "$init"
				# The mark is the last in the kernel's order: when it has come, the signal had its turn.
				kill -s 64 "$init"
				while read -r -t 10 line <&3 && [ "$line" != "signal 64" ]; do
					echo "$line"
				done
			done
		} >"$work/$side.out"
		exec 3<&-
		child=$(pgrep -P "$init")
		kill -s KILL "$init" "$child"
		wait "$init" 2>/dev/null
	done
	result "signals: $*"
}

same_streams tini -h
same_streams tini --version
same_streams tini
same_streams tini --
same_streams tini -g --
same_streams tini -x
same_streams tini -hx
same_streams tini -xh
same_streams tini --foo
same_streams tini --version x
same_streams tini --versionx
same_streams tini -p
same_streams tini -e
same_streams tini -p FOO true
same_streams tini -p sigterm true
same_streams tini -p 15 true
same_streams tini -e 256 true
same_streams tini -e -1 true
same_streams tini -e 5x true
same_streams tini -s nonexist
same_streams tini -s -- -- true
same_streams tini -s ''
same_streams tini -s /etc/passwd
same_streams tini -s /etc
same_streams tini true
same_streams tini nonexist
same_streams env TINI_VERBOSITY=0 tini nonexist
same_streams env TINI_VERBOSITY= tini true
same_streams env TINI_SUBREAPER= tini true
same_streams env TINI_SUBREAPER=0 tini true
same tini -s -v true
same tini -s -vv true
same tini -s -vvv true
same tini -svvvv true
same tini -vvvvvvv true
same env TINI_VERBOSITY=3x tini -s true
same env TINI_VERBOSITY=-3 tini -s true
same env TINI_VERBOSITY=2 tini -s -vvv true
same tini -s -vvv -- sh -c 'exit 255'
same tini -s -vvv -- sh -c 'kill -9 $$'
same tini -s -vvv -- sh -c 'kill -40 $$'
same tini -s -e 3 -- sh -c 'exit 3'
same tini -s -e 143 -- sh -c 'kill $$'
same tini -s -e 127 nonexist
same tini -s -e 05 -- sh -c 'exit 5'
same tini -s -e ' 5' -- sh -c 'exit 5'
same tini -s -e '' -- sh -c 'exit 0'
same tini -s -e +5 -- sh -c 'exit 5'
for n in HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM CHLD CONT STOP TSTP TTIN TTOU URG XCPU \
	XFSZ VTALRM PROF WINCH SYS; do
	same tini -s -p "SIG$n" -- true
done
for n in 1 2 3 6 9 10 13 14 15 24 31 34 35 64; do
	same tini -s -vvv -- sh -c "ulimit -c 0; kill -$n \$\$"
	same dumb-init -v sh -c "ulimit -c 0; kill -$n \$\$"
done

same_streams dumb-init -h
same_streams dumb-init --help
same_streams dumb-init -V
same_streams dumb-init -hV
same_streams dumb-init
same_streams dumb-init --
same_streams dumb-init -c --
same_streams dumb-init -x
same_streams dumb-init -cx
same_streams dumb-init -r
same_streams dumb-init --rewrite
same_streams dumb-init --ver
same_streams dumb-init --v
same_streams dumb-init --vers
same_streams dumb-init --help=x
same_streams dumb-init --verbose=1 true
same_streams dumb-init --foo
same_streams dumb-init --foo=bar
same_streams dumb-init --c true
for r in 15:2junk ' 15: 2' +15:+2 15:-1 0:1 32:1 1:32 15 15: :15 '' a 15:2:3 99999999999:1; do
	same_streams dumb-init -r "$r" true
done
same_streams dumb-init nonexist
same_streams dumb-init /etc/passwd
same_streams dumb-init -c /etc
same_streams dumb-init -vc -- -- x
same_streams dumb-init ls -la /dev/null
same dumb-init -v true
same dumb-init -v -c true
same dumb-init -v nonexist
same dumb-init -v -r 15:0 true
same dumb-init -v -r 15:2 true
same dumb-init -v -r 15:15 true
same env DUMB_INIT_DEBUG=1 dumb-init true
same env DUMB_INIT_SETSID=0 dumb-init -v true
same env DUMB_INIT_DEBUG=1 DUMB_INIT_SETSID=0 dumb-init true
same env DUMB_INIT_SETSID=1 dumb-init -v true
same env DUMB_INIT_DEBUG=2 dumb-init true
same dumb-init sh -c 'exit 7'

# Debian's prints where it comes from behind its help, another licence, and permutes.
same_streams catatonit -V
same_streams catatonit --version
same_streams catatonit --vers
same_streams catatonit
same_streams catatonit --
same_streams catatonit -g
same_streams catatonit -x
same_streams catatonit -gx
same_streams catatonit -l
same_streams catatonit --help
same_streams catatonit --version=1
same_streams catatonit -- -- true
same_streams catatonit true
same_streams catatonit -g true
same_streams catatonit nonexist
same_streams catatonit ''
same_streams catatonit /etc/passwd
same_streams catatonit /etc
same_streams catatonit /etc/passwd/x
same catatonit -- sh -c 'exit 7'
same catatonit -- sh -c 'exit 255'
for n in 1 2 9 15 34 64; do
	same catatonit -- sh -c "kill -$n \$\$"
done

if unshare -Urpf --mount-proc true 2>/dev/null; then
	same_pid1 tini true
	same_pid1 tini -vvv true
	same_pid1 tini -g nonexist
	same_pid1 tini -w -- sh -c '(sleep 0.1 & exec true) & wait; sleep 0.3'
	same_pid1 dumb-init -v true
	same_pid1 dumb-init -c -v sh -c 'exit 3'
	same_pid1 dumb-init "$PROBE" session
	same_pid1 tini "$PROBE" session
	same_pid1 catatonit -- sh -c 'exit 3'
	same_pid1 catatonit "$PROBE" session
	# Pause mode: it ends on INT and TERM.
	for n in INT TERM; do
		same_pid1 sh -c "sleep 0.2 && kill -$n 1 & exec catatonit -P"
	done
else
	count=$((count + 1))
	echo "ok $count - as PID 1 # SKIP may not make PID namespaces"
fi
for args in "tini -s" "dumb-init" "dumb-init -c" catatonit; do
	# shellcheck disable=SC2086 # words
	[ "$args" = catatonit ] || same $args "$PROBE" signals # its child has the stop signals of terminals blocked
	# shellcheck disable=SC2086
	same $args "$PROBE" fds
	# shellcheck disable=SC2086
	same env -i $args "$PROBE" env
done

# Not the seven faults (tini dies of them), nor the terminal's stop signals (below), nor 32 and 33 (the probe's libc).
most='1 2 3 10 13 14 15 16 18 23 24 25 26 27 28 29 30 34 35 50 63'
faults='4 5 6 7 8 11 31'
relayed "$most 20 21 22" tini -s
relayed "$most 20 21 22" tini -s -g
relayed "$most $faults" dumb-init
relayed "$most $faults" dumb-init -c
relayed "$most" dumb-init -r 15:2 -r 1:0 -r 10:16
relayed "$most" dumb-init -r 15:2 -r 2:15
relayed "$most 20 21 22" catatonit
relayed "$most" catatonit -g
echo "1..$count"
