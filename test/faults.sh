#!/bin/sh
# Makes each system call of praekelt-init and praekelt-suexec fail in turn. They must not hang, end with a wrong status, or
# run the command with wrong ids. Needs root; uses its own namespaces. ONLY=PATTERN runs only those scenarios.
set -u

if [ "${FAULTS_INNER-}" != yes ]; then
	FAULTS_INNER=yes exec unshare --mount --propagation private --pid --fork --kill-child "$0" "$@"
fi
mount -t proc proc /proc
. test/tap.sh
. test/inject.sh
limit='timeout -k 2 40'

# The status is the command's, or one of the program's own together with a message.
tells() { # STATUSES...: of the program's own
	case " $* " in
	*" $status "*) [ -s "$work/err" ] || echo "status $status without a message" ;;
	*) echo "status $status" ;;
	esac
}

suexec() { # NAME PROGRAM [OPTION...] SPEC
	case $1 in *${ONLY-}*) ;; *) return ;; esac
	what=$1 own=$2
	shift
	words=$*
	run() {
		# shellcheck disable=SC2086
		$limit "$@" "$BIN/"$words "$PROBE" ids >"$work/out" 2>"$work/err" </dev/null
	}
	# The command ran with exactly these ids, or it did not run.
	judge() {
		status=$1
		if [ "$status" -eq 0 ]; then
			printf 'uid\t1000\t1000\t1000\t1000\ngid\t1000\t1000\t1000\t1000\ngroups\t44 50 1000 \n' | cmp -s - "$work/out" ||
				echo "the command ran with other ids"
			return
		fi
		[ ! -s "$work/out" ] || echo "the command ran, and the status is $status"
		case $own in
		praekelt-suexec) tells 125 126 127 ;;
		*) tells 1 126 127 ;;
		esac
	}
	each_fault "$what" '-f -b execve' 1 0
}

# Larger than the program's initial memory, so that it allocates more.
{
	printf 'root:x:0:0::/root:\nalice:x:1000:1000::/:/bin/sh\n'
	seq -f '# %010.0f' 2000
} >"$work/passwd"
printf 'root:x:0:\nvideo:x:44:alice\nstaff:x:50:alice\nalice:x:1000:\n' >"$work/group"
chmod 755 "$work"
cp "$PROBE" "$work/probe"
PROBE=$work/probe
mount --bind "$work/passwd" /etc/passwd && mount --bind "$work/group" /etc/group || exit 1

suexec gosu gosu alice
suexec su-exec su-exec alice
suexec 'praekelt-suexec, all options' praekelt-suexec --keep-caps net_bind_service --drop-bounding --no-new-privs --setsid \
	--login-env --chdir / alice

# The command exits with 7, or a message says why not.
init_judge() {
	status=$1
	case $status in
	7) ;;
	0) echo "status 0" ;;
	*) [ -s "$work/err" ] || echo "status $status without a message" ;;
	esac
}

init() { # NAME PROGRAM [OPTION...]
	case $1 in *${ONLY-}*) ;; *) return ;; esac
	what=$1
	shift
	words=$*
	run() {
		# shellcheck disable=SC2086
		$limit "$@" "$BIN/"$words -- "$PROBE" exit 7 >"$work/out" 2>"$work/err" </dev/null
	}
	judge() {
		init_judge "$1"
	}
	each_fault "$what" '-f -b execve' 1 7
}

init tini tini -s
init 'tini -g' tini -g
init dumb-init dumb-init
init 'dinit, a grace period' dinit --grace 5
init 'dinit, waiting for all' dinit --wait-all

# With strace -D the tracer is a grandchild, and the program is PID 1.
init_pid1() {
	case $1 in *${ONLY-}*) ;; *) return ;; esac
	what=$1
	shift
	words=$*
	run() {
		shift # strace
		# shellcheck disable=SC2086
		$limit unshare --pid --fork --kill-child --mount-proc strace -D "$@" "$BIN/"$words -- "$PROBE" exit 7 \
			>"$work/out" 2>"$work/err" </dev/null
	}
	judge() {
		init_judge "$1"
	}
	each_fault "$what" '-f -b execve' 1 7
}
init_pid1 'tini as PID 1' tini
init_pid1 'dumb-init as PID 1' dumb-init

# A SIGTERM for the command arrives, or a message says that it was lost and the command exits by itself. If close_range()
# fails, this takes a while: 65,536 calls of close() under strace. If the init has died already, the parent is this script.
export told="$work/err"
# shellcheck disable=SC2016 # for the command's shell
waits='trap "exit 7" TERM; [ $PPID -eq 1 ] || kill -TERM $PPID
	i=0; until [ -s "$told" ] || [ $((i += 1)) -gt 300 ]; do sleep 0.1; done; sleep 0.5; exit 5'
relayed() {
	case $1 in *${ONLY-}*) ;; *) return ;; esac
	what=$1
	shift
	words=$*
	run() {
		# shellcheck disable=SC2086
		$limit "$@" "$BIN/"$words -- /bin/sh -c "$waits" >"$work/out" 2>"$work/err" </dev/null
	}
	judge() {
		init_judge "$1"
	}
	each_fault "$what" '-f -b execve' 1 7
}
relayed 'tini, a signal' tini -s
relayed 'dumb-init, a signal' dumb-init

echo "$faults faults, $bad bad"
[ $bad -eq 0 ] && [ $faults -gt 0 ]
