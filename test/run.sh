#!/bin/sh
# Runs test programs and adds up their results: run.sh FILE...
#
# Each file is a cmocka program or a script that prints TAP ("ok 1 - name", "not ok 2 - name", "ok 3 # SKIP why").
# The output of a file that failed is shown whole. The last line is "N passed, N failed, N skipped".
# A file that fails without a "not ok" (a crash, a time-out) or that ran nothing counts as one failure.
# BIN and PROBE, if set, are copied to a folder that every user may enter, because tests become other users and the
# checkout may be in a closed home directory.
# MUST_RUN=1 makes a skip a failure. TEST_TIMEOUT: seconds a file may take, 900 unless set.
# VERBOSE=1 shows the comments of a file that passed.
set -u

work=$(mktemp -d /tmp/praekelt-test.XXXXXX) && chmod 755 "$work" || exit 1
log=$work/log running='' before=''
finish() {
	status=$?
	trap - EXIT
	# timeout(1) leads a process group. It loses a signal that comes right after it has started the test, so the signal goes to
	# the group.
	[ -z "$running" ] || [ "${!:-}" = "$before" ] || { { kill -- "-$!" || kill $!; } && wait $!; } 2>/dev/null
	rm -rf --one-file-system "$work"
	exit $status
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
[ -z "${BIN:-}" ] || { cp -a "$BIN" "$work/bin" && BIN=$work/bin; }
[ -z "${PROBE:-}" ] || { cp "$PROBE" "$work/probe" && PROBE=$work/probe; }
export CMOCKA_MESSAGE_OUTPUT=TAP
all_passed=0 all_failed=0 all_skipped=0 number=0

for file; do
	number=$((number + 1))
	name=$(basename "$(dirname "$file")")/$(basename "$file")
	printf '%3d of %d  %-32s' $number $# "$name"
	# It runs in the background, so that the shell handles an interrupt at once. The shell ignores INT and QUIT there.
	before=${!:-} running=yes
	env --default-signal=INT,QUIT timeout -k 10 "${TEST_TIMEOUT:-900}" "$file" >"$log" 2>&1 </dev/null &
	wait $!
	status=$?
	running=
	# cmocka calls a skip "not ok N # SKIP".
	skipped=$(grep -c '^\(not \)\{0,1\}ok .*# SKIP' "$log")
	passed=$(grep '^ok ' "$log" | grep -vc '# SKIP')
	failed=$(grep '^not ok ' "$log" | grep -vc '# SKIP')
	if [ $status -ne 0 ] && [ "$failed" -eq 0 ]; then
		echo "not ok - ended with status $status" >>"$log"
		failed=1
	elif [ $((passed + failed + skipped)) -eq 0 ]; then
		echo "not ok - ran no test" >>"$log"
		failed=1
	fi
	if [ -n "${MUST_RUN:-}" ]; then
		failed=$((failed + skipped)) skipped=0
	fi
	printf ' %4d passed %4d failed %4d skipped\n' "$passed" "$failed" "$skipped"
	if [ "$failed" -gt 0 ]; then
		sed 's/^/    /' "$log"
	else
		grep "# SKIP${VERBOSE:+\|^#}" "$log" | sed 's/^/    /'
	fi
	all_passed=$((all_passed + passed))
	all_failed=$((all_failed + failed))
	all_skipped=$((all_skipped + skipped))
done

echo "$all_passed passed, $all_failed failed, $all_skipped skipped"
[ "$all_failed" -eq 0 ]
