# shellcheck shell=sh
# Makes each system call of a program fail in turn. Sourced, after $work is set.
#
# The caller defines two functions. run TRACER... runs the program once under the tracer, with its output in $work/out and
# $work/err, and returns its status. judge STATUS prints what is wrong with that run, or nothing.

: "${work:?}"
errors=${ERRORS:-EPERM ENOMEM EINTR EAGAIN EIO}
# A call that is made more often fails only at its first so many occurrences and at its last.
most=${MOST:-8}
faults=0 bad=0

# These never fail according to their manual, or are made by the C library before main(), where nothing can handle an error.
immune='getpid|getppid|getuid|geteuid|getgid|getegid|arch_prctl|set_tid_address|exit_group|exit|rt_sigreturn|restart_syscall'

# one_fault NAME CALL ERROR WHEN: WHEN is N, or N+ for all from then on.
one_fault() {
	faults=$((faults + 1))
	# shellcheck disable=SC2086 # $follow is a list of options
	run strace $follow -qq -o /dev/null -e trace="$2" -e signal=none -e inject="$2:error=$3:when=$4"
	status=$?
	case $status in
	124 | 137) echo "it hung" >"$work/verdict" ;;
	*) judge $status >"$work/verdict" ;;
	esac
	[ -s "$work/verdict" ] || return 0
	bad=$((bad + 1))
	echo "  $1: $2 fails with $3 at $4: $(cat "$work/verdict")"
	sed 's/^/      /' "$work/out" "$work/err" | head -n 12
}

# each_fault NAME FOLLOW BEFORE STATUS: STATUS is the exit status without a fault. FOLLOW are strace's options to follow
# children or not. The calls up to the BEFOREth execve start the program, and none of them fails.
each_fault() {
	follow=$2 was=$faults was_bad=$bad
	# shellcheck disable=SC2086
	run strace $follow -qq -o "$work/calls"
	status=$?
	judge $status >"$work/verdict"
	if [ $status -ne "$4" ] || [ -s "$work/verdict" ]; then
		echo "  $1, without a fault: status $status, $(cat "$work/verdict" "$work/out" "$work/err")"
		bad=$((bad + 1))
		return
	fi
	sed -n 's/^[0-9]* *\([a-z_0-9]*\)(.*/\1/p' "$work/calls" |
		awk -v before="$3" '
			!(execs >= before) { skipped[$1]++ }
			execs >= before && ++count[$1] == 1 { order[++n] = $1 }
			$1 == "execve" { execs++ }
			END { for (i = 1; i <= n; i++) print order[i], skipped[order[i]] + 0, count[order[i]] }' |
		grep -Ev "^($immune) " >"$work/list"
	while read -r call skipped count <&3; do
		for error in $errors; do
			# This means that the time is up, and is not a failure.
			[ "$call $error" != 'rt_sigtimedwait EAGAIN' ] || continue
			n=1
			while [ $n -le "$count" ]; do
				one_fault "$1" "$call" "$error" $((skipped + n))
				n=$((n < most || n == count ? n + 1 : count))
			done
			# A call that is interrupted forever does not occur: trying again is right. And if no write works, no
			# message can appear.
			case "$call $error" in
			*' EINTR' | 'write '*) ;;
			*) one_fault "$1" "$call" "$error" $((skipped + 1))+ ;;
			esac
		done
	done 3<"$work/list"
	echo "$1: $(awk '{ n += $3 } END { print n }' "$work/list") calls of $(wc -l <"$work/list") kinds, $((faults - was)) faults, $((bad - was_bad)) bad"
}
