# shellcheck shell=sh
# For the scripts of this folder: TAP lines, and fresh Debian roots to install in. Sourced; root only.

if [ "$(id -u)" -ne 0 ]; then
	echo "ok 1 # SKIP needs root"
	exit 0
fi
set -u
work=$(mktemp -d) || exit 1
trap 'rm -rf --one-file-system "$work"' EXIT
trap 'exit 1' INT TERM HUP
n=0

# check NAME COMMAND...: one test; what the command printed is shown if it failed.
check() {
	name=$1
	shift
	n=$((n + 1))
	if "$@" >"$work/out" 2>&1; then
		echo "ok $n - $name"
	else
		sed 's/^/# /' "$work/out"
		echo "not ok $n - $name"
	fi
}

# fresh_root SUITE: $root is a root of that release, as apt left it.
fresh_root() {
	root=$work/root
	rm -rf --one-file-system "$root"
	mkdir "$root"
	tar=$(test/root.sh "$1") && tar -xf "$tar" -C "$root" && return
	echo "not ok $((n + 1)) - a root of $1"
	exit 1
}

# in_root COMMAND...: there, in mount and PID namespaces of its own, so that nothing stays behind.
in_root() {
	unshare --mount --pid --fork --kill-child \
		sh -c 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"' "$root" "$@"
}

# says EXPECTED COMMAND...: the command's whole output in the root.
says() {
	expected=$1
	shift
	in_root "$@" >"$work/said" 2>&1
	cat "$work/said"
	[ "$(cat "$work/said")" = "$expected" ]
}

# fails COMMAND...
fails() {
	! "$@"
}
