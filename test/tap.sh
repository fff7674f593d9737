# shellcheck shell=sh
# For test scripts: TAP lines, and a folder that goes with the script. Sourced.
#
# $work is a temporary folder. A script that has more to clear away gives finish() a body of its own.
set -u

work=$(mktemp -d) || exit 1
finish() {
	:
}
trap 'finish; rm -rf --one-file-system "$work"' EXIT
trap 'exit 1' INT TERM HUP
tests=0

# check NAME COMMAND...: one test; what the command printed is shown if it failed.
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

# For check: the command's whole output is EXPECTED; its status is EXPECTED; it fails.
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

# give_up WHY: a failure that leaves nothing to go on with.
give_up() {
	echo "not ok $((tests + 1)) - $1"
	exit 1
}
