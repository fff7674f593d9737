#!/bin/sh
# Makes each system call of praekelt-init and praekelt-suexec fail in turn: no hang, no wrong status, no command with
# wrong ids. Root only, in namespaces of its own. ONLY=PATTERN: just those scenarios.
set -u

if [ "${FAULTS_INNER-}" != yes ]; then
	FAULTS_INNER=yes exec unshare --mount --propagation private --pid --fork --kill-child "$0" "$@"
fi
mount -t proc proc /proc
. test/tap.sh
. test/inject.sh
limit='timeout -k 2 40'

# A failed command says so with a status of its own; a message of the program is there, or the status is the command's.
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
	# Either the very ids or no command.
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

# More than the memory that the program starts with, so that it asks for more.
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

# The command ends with 7, or says why it does not.
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

# strace's -D: it is the tracer that is somebody else's child, and the program is PID 1.
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

# A SIGTERM on its way to the command: it arrives, or the loss was told and the command ends by itself. That takes a
# while where close_range() fails: 65,536 calls of close(), each with strace behind it. Where the init has died already
# the parent is this script.
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
