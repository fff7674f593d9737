#!/bin/sh
# Makes each system call of praekelt-aptwrap fail in turn, while it installs a local package and while it runs clean. It
# must not hang. It may only succeed if the package is installed and nothing is left; after a failure it must have printed
# a message, and clean must remove what is left. The calls of the commands that it starts do not fail. Root only.
# ONLY=PATTERN runs only those scenarios.
# shellcheck source=test/aptwrap/lib.sh
. "$(dirname "$0")/lib.sh"
in_namespaces "$@"
# shellcheck source=test/inject.sh
. test/inject.sh
# shellcheck disable=SC2034 # for inject.sh
errors=${ERRORS:-EPERM ENOMEM EINTR EIO} most=${MOST:-2}

# traced TRACER... chroot ROOT COMMAND...: the tracer runs outside of the root.
# shellcheck disable=SC2154 # lib.sh has $root and $work
traced() {
	timeout -k 2 60 unshare --mount --pid --fork --kill-child sh -c 'mount -t proc proc "$0/proc"; exec "$@"' "$root" \
		"$@" >"$work/out" 2>"$work/err" </dev/null
}
# Without memory the program aborts (134), which needs no message.
told() { # STATUS NAME
	[ "$1" -eq 134 ] || grep -q "^$2: " "$work/err" || echo "status $1 without a message"
}
again() {
	status 0 "$@" >"$work/again" 2>&1 || {
		echo "clean afterwards: $(tail -n 1 "$work/again")"
		return
	}
	tidy >/dev/null || echo "clean afterwards left something: $(tidy)"
}

# A root with a package to install.
ready_root() {
	fresh_root
	printf 'Package: local\nPostinst: :\n' | deb
}

install_run() {
	ready_root
	traced "$@" chroot "$root" /usr/local/bin/apt-get-install -q /t/local_1.deb
}
install_judge() {
	if [ "$1" -eq 0 ]; then
		installed local
		tidy
		return
	fi
	told "$1" apt-get-install
	tidy >/dev/null || again praekelt-aptwrap clean
}

clean_run() {
	ready_root
	for file in var/lib/apt/lists/some_Packages var/lib/apt/lists/partial/x var/cache/apt/pkgcache.bin var/cache/apt/archives/a.deb \
		var/log/dpkg.log var/log/apt/term.log var/lib/dpkg/status-old var/cache/praekelt-aptwrap/lists/x; do
		mkdir -p "$root/${file%/*}"
		echo x >"$root/$file"
	done
	traced "$@" chroot "$root" /usr/local/bin/praekelt-aptwrap clean
}
clean_judge() {
	if [ "$1" -eq 0 ]; then
		tidy
		return
	fi
	told "$1" praekelt-aptwrap
	again praekelt-aptwrap clean
}

scenario() { # NAME RUN JUDGE
	case $1 in *${ONLY-}*) ;; *) return ;; esac
	run=$2 judge=$3
	run() {
		$run "$@"
	}
	judge() {
		$judge "$1"
	}
	# The first execve is chroot, the second is the program. Its commands are not traced.
	each_fault "$1" '' 2 0
}
scenario clean clean_run clean_judge
scenario install install_run install_judge

# shellcheck disable=SC2154 # inject.sh has them
echo "$faults faults, $bad bad"
[ "$bad" -eq 0 ] && [ "$faults" -gt 0 ]
