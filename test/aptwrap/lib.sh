# shellcheck shell=sh
# For the scripts of this folder: real apt in real roots, behind a proxy that caches and fails on demand. Sourced first;
# needs root. A script's first line after it is: in_namespaces "$@".
#
# Each case gets a root of its own, an overlay on an unpacked one, all in a tmpfs of a mount namespace that ends with the
# script. A command in a root has a PID namespace of its own; so nothing is left, whatever a case does.

if [ "$(id -u)" -ne 0 ]; then
	echo "ok 1 # SKIP needs root"
	exit 0
fi
here=$(dirname "$0")
# What the program is called besides its own name.
names='apt-get-install apt-get-install.sh apt-get-purge apt-get-purge.sh install_packages'
inner_path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# in_namespaces ARGS...: starts the script anew in namespaces, and there sets up $work and the proxy.
in_namespaces() {
	if [ "${APTWRAP_INNER-}" != yes ]; then
		mkdir -p build/roots
		APTWRAP_INNER=yes exec unshare --mount --propagation private --pid --fork --kill-child "$0" "$@"
	fi
	mount -t proc proc /proc
	. test/tap.sh
	mount -t tmpfs -o mode=755 tmpfs "$work"
	# shellcheck disable=SC2317 # tap.sh calls it
	finish() {
		umount -l "$work"
	}
	: >"$work/requests"
	mkfifo "$work/port"
	/usr/bin/python3 "$here/proxy.py" build/roots/cache "$work/faults" "$work/requests" "$(test/mirror.sh)" \
		"$work/repository" >"$work/port" 2>"$work/proxy.err" &
	read -r port <"$work/port"
}

# faults LINES...: what the proxy does from now on, see proxy.py; nothing gives it peace. Forgets the requests so far.
faults() {
	for line; do
		printf '%s\n' "$line"
	done >"$work/faults.new"
	mv "$work/faults.new" "$work/faults"
	: >"$work/requests"
}

# requests PATTERN: how many requests since faults() have a line in the log that matches.
requests() {
	grep -c -- "$1" "$work/requests"
}

# fresh_root SUITE: $root is a new root of that release; $upper holds what is changed in it.
fresh_root() {
	suite=$1
	faults
	if [ ! -d "$work/$suite" ]; then
		mkdir "$work/$suite" "$work/$suite.case"
		tar=$(test/root.sh "$suite") && tar -xf "$tar" -C "$work/$suite" || exit 1
		prepare_base "$work/$suite"
	else
		umount -R "$work/$suite.case/root" 2>/dev/null
		rm -rf --one-file-system "$work/$suite.case"
		mkdir "$work/$suite.case"
	fi
	root=$work/$suite.case/root upper=$work/$suite.case/upper
	mkdir "$root" "$upper" "$work/$suite.case/work"
	mount -t overlay -o "lowerdir=$work/$suite,upperdir=$upper,workdir=$work/$suite.case/work" overlay "$root"
	mount -t tmpfs -o mode=755 tmpfs "$root/dev"
	mknod -m 666 "$root/dev/null" c 1 3
	mknod -m 666 "$root/dev/zero" c 1 5
	mknod -m 666 "$root/dev/urandom" c 1 9
	mkdir "$root/dev/pts"
}

prepare_base() {
	mkdir -p "$1/usr/local/bin"
	cp "$BIN/praekelt-aptwrap" "$1/usr/local/bin"
	for link in $names; do
		ln -s praekelt-aptwrap "$1/usr/local/bin/$link"
	done
	# A sanitizer's libraries, where the program has some; static programs have none.
	ldd "$BIN/praekelt-aptwrap" 2>/dev/null | sed -n 's/.*=> \(.*\/lib[^ ]*san[^ ]*\) .*/\1/p' | while read -r library; do
		cp "$library" "$1/usr/local/lib"
		chroot "$1" ldconfig
	done
	cat >"$1/etc/apt/apt.conf.d/99test" <<-EOF
		Acquire::http::Proxy "http://127.0.0.1:$port";
		Acquire::Check-Valid-Until "false";
	EOF
	test/mirror.sh | sed "s/.*/deb & $suite main/" >"$1/etc/apt/sources.list"
	rm -f "$1"/etc/apt/sources.list.d/* "$1/etc/apt/apt.conf.d/99mmdebstrap"
	# As images are published: without backups, logs and caches.
	rm -f "$1"/var/lib/dpkg/*-old "$1"/var/cache/debconf/*-old "$1"/var/log/*.log "$1"/var/cache/ldconfig/*
}

# in_root COMMAND...
in_root() {
	# The shell stays, as PID 1: to a program in its place many signals would not get through.
	# Shells ignore SIGINT and SIGQUIT in what they start in the background, nohup SIGHUP: not here.
	env --default-signal=HUP,INT,QUIT unshare --mount --pid --fork --kill-child sh -c 'mount -t proc proc "$0/proc" && chroot "$@"; exit $?' \
		"$root" "$root" env -i PATH="$inner_path" HOME=/root ${SOURCE_DATE_EPOCH:+SOURCE_DATE_EPOCH=$SOURCE_DATE_EPOCH} "$@"
}

# status EXPECTED COMMAND...: runs it in the root, output in $work/said; whether it ended with that status.
status() {
	expected=$1
	shift
	in_root "$@" >"$work/said" 2>&1 </dev/null
	got=$?
	cat "$work/said"
	[ $got -eq "$expected" ] || {
		echo "status $got, not $expected"
		return 1
	}
}

# said PATTERN...: whether each is in what the last command of status() printed.
said() {
	for pattern; do
		grep -q -- "$pattern" "$work/said" || {
			echo "it did not say: $pattern"
			return 1
		}
	done
}

# installed PACKAGE...; not_installed PACKAGE...
installed() {
	for package; do
		[ "$(in_root dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || {
			echo "not installed: $package"
			return 1
		}
	done
}
not_installed() {
	for package; do
		case $(in_root dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in
		'' | not-installed) ;;
		*)
			echo "still there: $package"
			return 1
			;;
		esac
	done
}

# sound: dpkg has nothing to complain of, and nothing of ours is left.
sound() {
	in_root dpkg --audit >"$work/audit" 2>&1
	cat "$work/audit"
	[ ! -s "$work/audit" ] && tidy
}

# tidy: no private directory, lists, archives, caches, logs or backups that were not there.
tidy() {
	left=$(cd "$root" && find var/cache/praekelt-aptwrap var/lib/apt/lists var/cache/apt var/log/apt/* var/log/*.log \
		var/lib/dpkg/*-old var/cache/debconf/*-old var/cache/ldconfig/* var/cache/debconf/tmp.ci \
		-not -type d -not -name lock 2>/dev/null)
	[ ! -e "$root/var/cache/praekelt-aptwrap" ] || left="$left and the private directory"
	[ -z "$left" ] || {
		echo "left: $left"
		return 1
	}
}

# Lists every file of the root, its content, owner and mode, for diff: a path begins each line.
inventory() {
	(
		cd "$root" || exit
		find . -xdev -mindepth 1 -printf '%P %y %m %u:%g %l\n'
		find . -xdev -type f -print0 | xargs -0 sha256sum | sed 's,^\([^ ]*\)  \./\(.*\),\2 sha256 \1,'
	) | LC_ALL=C sort
}

# make_deb NAME VERSION SCRIPT TEXT [FIELD...]: /NAME.deb in the root, with a maintainer script of that name and text.
make_deb() {
	tree=$work/deb
	rm -rf "$tree"
	mkdir -p "$tree/DEBIAN" "$tree/usr/share/$1"
	echo "$2" >"$tree/usr/share/$1/version"
	printf 'Package: %s\nVersion: %s\nArchitecture: all\nMaintainer: T <t@example.org>\nDescription: test\n' "$1" "$2" \
		>"$tree/DEBIAN/control"
	printf '#!/bin/sh\n%s\n' "$4" >"$tree/DEBIAN/$3"
	chmod 755 "$tree/DEBIAN/$3"
	deb=$1
	shift 4
	for field; do
		printf '%s\n' "$field" >>"$tree/DEBIAN/control"
	done
	dpkg-deb --root-owner-group -b "$tree" "$root/$deb.deb" >/dev/null
}

# add_security: the security archive, to the root's sources.
add_security() {
	test/mirror.sh security | sed "s/.*/deb & $suite-security main/" >>"$root/etc/apt/sources.list"
}

# harmless FAULT PATTERN: a fault that is there once does no harm; of some apt itself takes care.
harmless() {
	fresh_root "$suite"
	add_security
	faults "$1 1 $2"
	status 0 apt-get-install -q --timeout 3 libkeyutils1 && installed libkeyutils1 && sound && [ "$(requests "^$1 ")" -eq 1 ]
}
# passing FAULT PATTERN: one of those that apt gives up on.
passing() {
	harmless "$@" && said 'trying again in 1 s'
}
# lasting FAULT PATTERN TEXT: it ends with apt's status and reason, after so many tries as asked for.
lasting() {
	fresh_root "$suite"
	faults "$1 - $2"
	status 100 apt-get-install -q --retries 1 --timeout 3 libkeyutils1 && said 'trying again in 1 s' "$3" &&
		fails grep -q 'again in 2 s' "$work/said" && not_installed libkeyutils1 && sound
}
