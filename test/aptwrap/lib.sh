# shellcheck shell=sh
# For the scripts in this folder: apt in Debian roots, with a small archive of test packages (packages.txt) behind a
# proxy that fails on demand (proxy.py). A script sources this file first, then calls: in_namespaces "$@". Needs root.
#
# Each case has its own root, an overlay on an unpacked one. All roots are in a tmpfs of a mount namespace that ends with
# the script. Each command in a root has its own PID namespace, so that no process is left over. SUITE is the release.
# check (tap.sh) runs one case; aside runs it beside others, and a script that uses it ends with end_asides. $own is a
# folder of the case that stays when the case takes another fresh root.

if [ "$(id -u)" -ne 0 ]; then
	echo "ok 1 # SKIP needs root"
	exit 0
fi
here=$(dirname "$0")
# The other names of the program.
names='apt-get-install apt-get-install.sh apt-get-purge apt-get-purge.sh install_packages'
inner_path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
# shellcheck disable=SC2034 # for the scripts
suite=${SUITE:-trixie}

# in_namespaces ARGS...: starts the script again in namespaces, where it creates $work, the archive, the proxy and the
# root that all cases start with.
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
	mkdir -m 700 "$work/gnupg"
	export GNUPGHOME="$work/gnupg"
	gpg --batch --quiet --passphrase '' --quick-gen-key 'Test <test@example.org>' ed25519 sign 2d || give_up "no key"
	"$here/repository.py" archive "$work/archive" <"$here/packages.txt" || give_up "no archive"
	test/mirror.sh >"$work/mirror" || give_up "no mirror"
	start_case main
	tar=$(test/root.sh "$suite") || give_up "no root"
	mkdir "$work/base"
	tar -xf "$tar" -C "$work/base" || give_up "no root"
	prepare_base "$work/base"
}

# start_case NAME: creates a folder, $own, and a proxy, which faults() and requests() refer to.
start_case() {
	own=$work/$1
	proxy=$own/proxy
	mkdir -p "$proxy"
	: >"$proxy/requests"
	mkfifo "$proxy/port"
	/usr/bin/python3 -B "$here/proxy.py" build/roots/cache "$proxy/faults" "$proxy/requests" "$(cat "$work/mirror")" \
		"$work/archive" >"$proxy/port" 2>"$proxy/errors" &
	proxy_pid=$!
	read -r port <"$proxy/port"
}

# aside NAME COMMAND...: runs a test beside at most three others. A comment after it says how long it took.
asides=0 running=
aside() {
	asides=$((asides + 1))
	aside=$work/case.$asides
	mkdir "$aside"
	echo "$1" >"$aside/name"
	shift
	(
		begin=$(date +%s%3N)
		start_case "case.$asides"
		"$@"
		echo $? >"$own/status"
		kill "$proxy_pid"
		echo "$(($(date +%s%3N) - begin)) ms" >"$own/took"
	) >"$aside/output" 2>&1 &
	running="$running $aside"
	end_asides 3
}
# shellcheck disable=SC2317 # check calls it
aside_result() {
	cat "$aside/output"
	return "$(cat "$aside/status")"
}
# end_asides [MOST]: waits until at most MOST of them run; 0 unless given.
end_asides() {
	while [ "$(echo "$running" | wc -w)" -gt "${1:-0}" ]; do
		sleep 0.05
		for aside in $running; do
			[ -s "$aside/took" ] || continue
			check "$(cat "$aside/name")" aside_result
			sed 's/^/# /' "$aside/took"
			running=$(echo "$running" | sed "s, $aside\>,,")
			umount -R "$aside"/*/root "$aside/second" 2>/dev/null
			rm -rf --one-file-system "$aside"
		done
	done
}

# Makes the root like published images, without backups, logs and caches.
prepare_base() {
	cp "$BIN/praekelt-aptwrap" "$1/usr/local/bin"
	for link in $names; do
		ln -s praekelt-aptwrap "$1/usr/local/bin/$link"
	done
	# A program with sanitizers needs their libraries; a static program needs none.
	ldd "$BIN/praekelt-aptwrap" 2>/dev/null | sed -n 's/.*=> \(.*\/lib[^ ]*san[^ ]*\) .*/\1/p' | while read -r library; do
		cp "$library" "$1/usr/local/lib"
		chroot "$1" ldconfig
	done
	gpg --batch --export >"$1/usr/share/keyrings/test.gpg"
	rm -f "$1"/etc/apt/sources.list.d/* "$1/etc/apt/apt.conf.d/99mmdebstrap"
	printf 'deb [signed-by=/usr/share/keyrings/test.gpg] http://repository.test %s main\n' stable stable-security \
		>"$1/etc/apt/sources.list"
	rm -f "$1"/var/lib/dpkg/*-old "$1"/var/cache/debconf/*-old "$1"/var/log/*.log "$1"/var/log/apt/* "$1"/var/cache/ldconfig/* "$1"/etc/*-
	find "$1/var/lib/apt/lists" "$1/var/cache/apt" -type f -delete
	# changes() ignores files in /t.
	mkdir "$1/t"
}

# fresh_root [NAME]: makes a new root, $root; $upper contains its changes. Roots with different names exist side by side.
fresh_root() {
	faults
	case=$own/${1:-root} root=$own/${1:-root}/root upper=$own/${1:-root}/upper
	umount -R "$root" 2>/dev/null
	rm -rf --one-file-system "$case"
	mkdir -p "$root" "$upper" "$case/work"
	mount -t overlay -o "lowerdir=$work/base,upperdir=$upper,workdir=$case/work" overlay "$root"
	mount -t tmpfs -o mode=755 tmpfs "$root/dev"
	mknod -m 666 "$root/dev/null" c 1 3
	mknod -m 666 "$root/dev/zero" c 1 5
	mknod -m 666 "$root/dev/urandom" c 1 9
	mknod -m 666 "$root/dev/tty" c 5 0
	mkdir "$root/dev/pts"
	# The proxy refuses a request by a redirection to a closed port of 127.0.0.1.
	printf 'Acquire::http::Proxy "http://127.0.0.1:%s";\nAcquire::http::Proxy::127.0.0.1 "DIRECT";\n' "$port" \
		>"$root/etc/apt/apt.conf.d/99test"
	# Two builds start with the same root.
	touch -d @0 "$root/etc/apt/apt.conf.d/99test" "$root/etc/apt/apt.conf.d"
	before
}

# use_suite NAME: that suite of the archive becomes the only package source.
use_suite() {
	echo "deb [signed-by=/usr/share/keyrings/test.gpg] http://repository.test $1 main" >"$root/etc/apt/sources.list"
	before
}

# use_mirror: Debian, from the mirror that this machine uses, becomes the only package source.
use_mirror() {
	sed "s/.*/deb & $suite main/" "$work/mirror" >"$root/etc/apt/sources.list"
	echo 'Acquire::Check-Valid-Until "false";' >"$root/etc/apt/apt.conf.d/98mirror"
	touch -d @0 "$root/etc/apt/sources.list" "$root/etc/apt/apt.conf.d/98mirror" "$root/etc/apt/apt.conf.d" "$root/etc/apt"
	before
}

# deb <<STANZAS: builds packages as /t/NAME_VERSION.deb in the root; repository.py explains the fields.
deb() {
	"$here/repository.py" deb "$root/t"
}

# linked FILE LIBRARY: builds a shared object in the root that needs the library.
# loads FILE: succeeds if the dynamic linker finds all libraries that the file needs.
linked() {
	mkdir -p "$(dirname "$root$1")"
	echo 'int ready(void) { return 1; }' | cc -shared -fPIC -x c - "-Wl,-soname,$2" -o "$case/needed.so" &&
		echo 'int own(void) { return 1; }' |
		cc -shared -fPIC -x c - -x none -Wl,--no-as-needed "$case/needed.so" -o "$root$1"
}
loads() {
	status 0 env LD_PRELOAD="$1" /bin/true && fails grep . "$case/said"
}

# faults LINES...: makes the proxy fail as in proxy.py; without lines it does not fail. Empties the log of requests.
faults() {
	for line; do
		printf '%s\n' "$line"
	done >"$proxy/faults.new"
	mv "$proxy/faults.new" "$proxy/faults"
	: >"$proxy/requests"
}

# requests PATTERN: prints how many requests since the last faults() match.
requests() {
	grep -c -- "$1" "$proxy/requests"
}

# in_root COMMAND...: runs it in the root, with a terminal if on_terminal=yes.
in_root() {
	# The shell is PID 1. If the program were, the kernel would drop signals that it has no handler for.
	# A shell lets background commands ignore SIGINT and SIGQUIT; env resets that.
	# shellcheck disable=SC2016 # for the inner shell
	${on_terminal:+"$here/on_terminal.py"} \
		env --default-signal=HUP,INT,QUIT unshare --mount --pid --fork --kill-child sh -c 'mount -t proc proc "$0/proc" && chroot "$@"; exit $?' \
		"$root" "$root" env -i ASAN_OPTIONS=detect_leaks=0 PATH="$inner_path" HOME=/root ${SOURCE_DATE_EPOCH:+SOURCE_DATE_EPOCH=$SOURCE_DATE_EPOCH} "$@"
}

# status EXPECTED COMMAND...: runs it in the root, with its output in $case/said. Succeeds if it ends with that status.
status() {
	expected=$1
	shift
	in_root "$@" >"$case/said" 2>&1 </dev/null
	got=$?
	cat "$case/said"
	[ $got -eq "$expected" ] || {
		echo "status $got, not $expected"
		return 1
	}
}

# takes LEAST MOST COMMAND...: succeeds if the command succeeds within so many seconds.
takes() {
	least=$1 most=$2 begin=$(date +%s%3N)
	shift 2
	"$@" || return
	took_ms=$(($(date +%s%3N) - begin))
	echo "it took $took_ms ms"
	[ $took_ms -ge $((least * 1000)) ] && [ $took_ms -le $((most * 1000)) ]
}

# said PATTERN...: succeeds if the last command of status() printed each of them.
said() {
	for pattern; do
		grep -q -- "$pattern" "$case/said" || {
			echo "it did not say: $pattern"
			return 1
		}
	done
}

# installed PACKAGE... and not_installed PACKAGE... succeed if all are, or none is.
state_of() {
	in_root dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null
}
installed() {
	for package; do
		[ "$(state_of "$package")" = installed ] || {
			echo "not installed: $package"
			return 1
		}
	done
}
not_installed() {
	for package; do
		case $(state_of "$package") in
		'' | not-installed) ;;
		*)
			echo "still there: $package"
			return 1
			;;
		esac
	done
}

# manual [PACKAGE...]: prints those that are marked as manually installed.
manual() {
	in_root apt-mark -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= showmanual "$@"
}

# files DIRECTORY: prints path, type, owner, mode, size, time and checksum of every file in it, for diff.
files() {
	(
		cd "$1" || exit
		find . -xdev -mindepth 1 ! -type d -printf '%P %y %m %u:%g %s %t %l\n'
		find . -xdev -mindepth 1 -type d -printf '%P %y %m %u:%g\n'
		find . -xdev -type f -size -100M -print0 | xargs -0r sha256sum | sed 's,^\([^ ]*\)  \./\(.*\),\2 sha256 \1,'
	) | LC_ALL=C sort
}

# before; changes: prints the paths that changed in the image layer in between, except the files of packages and
# those that a run may change: $allowed has one regular expression per line. A file that was only touched counts, and
# so does one that was removed. Of directories only new ones are printed.
allowed='
t/.*
usr/local/bin
var/lib/dpkg/status
var/lib/dpkg/info/.*
var/lib/dpkg/lock
var/lib/dpkg/lock-frontend
var/lib/dpkg/triggers/[A-Z].*
var/lib/dpkg/alternatives/.*
etc/alternatives/.*
var/lib/apt/extended_states
etc/ld.so.cache'
before() {
	files "$upper" >"$case/before"
}
changes() {
	files "$upper" | LC_ALL=C diff "$case/before" - | sed -n 's/^[<>] \([^ ]*\) .*/\1/p' | sort -u |
		while read -r path; do
			[ ! -d "$work/base/$path" ] || [ ! -d "$upper/$path" ] && echo "$path"
		done >"$case/changed"
	# With a merged /usr, a package's path may be in /lib or in /usr/lib. Links may be alternatives.
	cat "$root"/var/lib/dpkg/info/*.list >"$case/owned"
	sed -n '/^\//p' "$root"/var/lib/dpkg/alternatives/* >>"$case/owned" 2>/dev/null
	sed -i 's,^/,,; p; s,^\(lib\|lib64\|bin\|sbin\)/,usr/&,' "$case/owned"
	printf '%s\n' "$allowed" | grep . >"$case/allowed"
	grep -vxFf "$case/owned" "$case/changed" | grep -vxEf "$case/allowed"
}

# tidy: succeeds if changes() prints nothing, and nothing of the program is left.
# sound: succeeds if this is so and dpkg --audit prints nothing.
tidy() {
	changes >"$case/left"
	find "$root/var" "$root/tmp" "$root/run" -xdev -name '*aptwrap*' ! -path '*/dpkg/info/aptwrap-group-*' >>"$case/left"
	sed 's/^/left: /' "$case/left"
	[ ! -s "$case/left" ]
}
sound() {
	in_root dpkg --audit >"$case/audit" 2>&1
	cat "$case/audit"
	[ ! -s "$case/audit" ] && tidy
}
