# shellcheck shell=sh
# For test scripts, to be sourced: prints TAP lines and makes a temporary folder.
#
# $work is the folder, removed at the end. A script that has more to clean up defines finish().
set -u

work=$(mktemp -d) || exit 1
finish() {
	:
}
trap 'finish; rm -rf --one-file-system "$work"' EXIT
trap 'exit 1' INT TERM HUP
tests=0

# check NAME COMMAND...: one test; it shows the output of a command that fails.
check() {
	checked=$1
	shift
	tests=$((tests + 1))
	if "$@" >"$work/out" 2>&1; then
		echo "ok $tests - $checked"
	else
		sed 's/^/# /' "$work/out"
		echo "not ok $tests - $checked"
	fi
}

# Commands for check. They succeed if COMMAND's whole output is EXPECTED, if its exit status is EXPECTED, if it fails.
says() { # EXPECTED COMMAND...
	expected=$1
	shift
	"$@" >"$work/said" 2>&1
	cat "$work/said"
	[ "$(cat "$work/said")" = "$expected" ]
}
ends() { # EXPECTED COMMAND...
	expected=$1
	shift
	"$@"
	status=$?
	echo "status $status, not $expected"
	[ $status -eq "$expected" ]
}
fails() {
	! "$@"
}

# wait_for SECONDS COMMAND...: until the command succeeds.
wait_for() {
	end=$(($(date +%s) + $1))
	shift
	until "$@"; do
		[ "$(date +%s)" -lt $end ] || return 1
		sleep 0.1
	done
}

# give_up WHY: a failure after which the script cannot continue.
give_up() {
	echo "not ok $((tests + 1)) - $1"
	exit 1
}
