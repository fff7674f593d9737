#!/bin/sh
# The packages in dist/, installed in fresh roots as a user would: apt install ./dist/*.deb.
set -u

if [ "$(id -u)" -ne 0 ]; then
	echo "ok 1 # SKIP needs root"
	exit 0
fi
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
# In a PID and mount namespace of its own, so that nothing stays behind, and without touching the machine.
in_root() {
	unshare --mount --pid --fork --kill-child chroot "$root" "$@"
}
says() { # EXPECTED COMMAND...
	expected=$1
	shift
	in_root "$@" >"$work/said" 2>&1
	cat "$work/said"
	[ "$(cat "$work/said")" = "$expected" ]
}

for suite in bookworm trixie; do
	root=$work/$suite
	tar=$(test/root.sh $suite) || {
		echo "not ok $((n + 1)) - a root of $suite"
		exit 1
	}
	mkdir "$root" "$root/dist"
	tar -xf "$tar" -C "$root"
	cp dist/*.deb "$root/dist"
	check "$suite: apt install ./dist/*.deb" in_root sh -c 'apt-get install -y ./dist/*.deb'
	check "$suite: tini, gosu and id work together" \
		says "uid=65534(nobody) gid=65534(nogroup) groups=65534(nogroup)" tini -- gosu nobody id
	for name in tini tini-static dumb-init dinit praekelt-init gosu su-exec praekelt-suexec apt-get-install \
		apt-get-install.sh apt-get-purge apt-get-purge.sh install_packages praekelt-aptwrap; do
		check "$suite: $name is on PATH" in_root sh -c "command -v $name"
	done
	check "$suite: dpkg finds every file as it was packed" says "" dpkg --verify \
		praekelt-init praekelt-suexec praekelt-aptwrap praekelt-container-tools
	check "$suite: purge leaves no file" in_root sh -c 'dpkg --purge praekelt-container-tools praekelt-init \
		praekelt-suexec praekelt-aptwrap && ! find / -xdev -name "*praekelt*" ! -path "/dist/*" | grep .'
done
