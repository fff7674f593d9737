#!/bin/sh
# What goes wrong on the way: the network, the mirror, the disk, locks, maintainer scripts.
# shellcheck source=test/aptwrap/lib.sh
. "$(dirname "$0")/lib.sh"
in_namespaces "$@"
suite=${SUITE:-trixie}

# Whatever happened, the root is in order and works.
fine_after() {
	sound && faults && status 0 apt-get-install -q libkeyutils1 && installed libkeyutils1 && sound
}

check "index: dead once" harmless dead binary-amd64
check "index: truncated once" harmless truncate binary-amd64
check "index: corrupt once" passing corrupt binary-amd64
check "index: stalls once" passing stall binary-amd64
check "index: 503 once" harmless 503 binary-amd64
check "index: 404 once" harmless 404 binary-amd64
check "Release: dead once" harmless dead InRelease
check "Release: 503 once" passing 503 InRelease
check "package: dead once" harmless dead 'deb$'
check "package: truncated once" passing truncate 'deb$'
check "package: corrupt once" passing corrupt 'deb$'
check "package: stalls once" passing stall 'deb$'
check "package: 503 once" passing 503 'deb$'

stale() {
	passing 404 'deb$' && [ "$(requests "/$suite/InRelease")" -eq 2 ]
}
check "package: 404 once, and the index is fetched anew" stale

check "mirror: always dead" lasting dead . 'apt-get update failed: '
check "index: always stalls" lasting stall binary-amd64 'no progress for 3 s'
check "index: always corrupt" lasting corrupt binary-amd64 'apt-get update failed: '
check "package: always 404" lasting 404 'deb$' 'apt-get install failed: .*404'

second_archive() {
	fresh_root "$suite"
	add_security
	faults "503 - $suite-security/InRelease"
	status 100 apt-get-install -q --retries 1 libkeyutils1 && said '503' && not_installed libkeyutils1 && sound
}
check "security archive: 503 is an error, not an old version" second_archive

no_names() {
	fresh_root "$suite"
	rm "$root/etc/apt/apt.conf.d/99test"
	echo "deb http://mirror.invalid/debian $suite main" >"$root/etc/apt/sources.list"
	: >"$root/etc/resolv.conf"
	status 100 apt-get-install -q --retries 1 libkeyutils1 && said 'trying again' 'mirror.invalid' && sound
}
check "no name is resolved" no_names
no_route() {
	fresh_root "$suite"
	status 100 unshare --net apt-get-install -q --retries 1 libkeyutils1 && said 'trying again' 'nreachable' && sound && fine_after
}
check "no network" no_route

# final TEXT COMMAND...: no second try for what would end the same.
final() {
	text=$1
	shift
	status 100 "$@" && said "$text" && fails grep -q 'trying again' "$work/said" && sound
}
unknown() {
	fresh_root "$suite"
	final 'apt-get-install: apt-get install failed: Unable to locate package nosuchpackage' apt-get-install nosuchpackage
}
check "a package that does not exist" unknown
no_release() {
	fresh_root "$suite"
	faults '404 - Release'
	final 'does not have a Release file' apt-get-install libkeyutils1
}
check "a 404 on the Release" no_release
unsigned() {
	fresh_root "$suite"
	mkdir -p "$root/repo"
	: >"$root/repo/Packages"
	printf 'Date: Thu, 01 Jan 2026 00:00:00 UTC\nSHA256:\n %s 0 Packages\n' "$(sha256sum <"$root/repo/Packages" | cut -d' ' -f1)" \
		>"$root/repo/Release"
	echo "deb file:/repo ./" >>"$root/etc/apt/sources.list"
	final 'is not signed' apt-get-install libkeyutils1
}
check "an unsigned repository" unsigned
expired() {
	fresh_root "$suite"
	sed -i '/Valid-Until/d' "$root/etc/apt/apt.conf.d/99test"
	add_security
	# The archive says how long it is valid, and apt believes it may be shorter: a minute after its date.
	echo 'Acquire::Max-ValidTime "60";' >>"$root/etc/apt/apt.conf.d/99test"
	final 'expired' apt-get-install libkeyutils1
}
check "an expired Release" expired

full_disk() {
	fresh_root "$suite"
	mkdir "$root/var/cache/praekelt-aptwrap"
	mount -t tmpfs -o size=2m tmpfs "$root/var/cache"
	status 100 apt-get-install -q libkeyutils1 && said 'No space left\|free space'
}
check "a full disk" full_disk
# The unpacking is what finds no room.
full_root() {
	fresh_root "$suite"
	make_deb large 1 postinst 'exit 0' 'Depends: libkeyutils1'
	head -c 1M /dev/urandom >"$tree/usr/share/large/file"
	dpkg-deb --root-owner-group -b "$tree" "$root/large.deb" >/dev/null
	mkdir "$root/usr/share/large" && mount -t tmpfs -o size=500k tmpfs "$root/usr/share/large"
	status 100 apt-get-install -q /large.deb && said 'No space left on device' && not_installed large libkeyutils1 && fine_after
}
check "a full disk under dpkg: all of it is undone" full_root
tiny_disk() {
	fresh_root "$suite"
	mount -t tmpfs -o size=8k,nr_inodes=3 tmpfs "$root/var/cache"
	status 125 apt-get-install -q libkeyutils1 && said 'apt-get-install: cannot .*: No space left on device' &&
		[ ! -e "$root/var/cache/praekelt-aptwrap" ]
}
check "a disk with no room at all" tiny_disk
read_only() {
	fresh_root "$suite"
	mount -o remount,bind,ro "$root" 2>/dev/null || mount -o remount,ro "$root"
	status 125 apt-get-install libkeyutils1 && said "Read-only file system"
}
check "a read-only root" read_only
no_tmp() {
	fresh_root "$suite"
	rmdir "$root/tmp" && : >"$root/tmp"
	status 0 apt-get-install -q libkeyutils1 && installed libkeyutils1
}
check "no /tmp" no_tmp

held_lock() {
	fresh_root "$suite"
	status 100 perl -e '
		open F, ">", "/var/lib/dpkg/lock-frontend"; # a lock as apt takes it: struct flock of fcntl()
		my $lock = pack("s s x4 q q i x4", 1, 0, 0, 0, 0);
		fcntl F, 6, $lock or die "lock: $!";
		my $status = system("apt-get-install", "-q", "--lock-timeout", "1", "libkeyutils1") >> 8;
		exit $status' && said 'Could not get lock' && sound
}
check "dpkg's lock is held" held_lock
second_run() {
	fresh_root "$suite"
	in_root mkdir /var/cache/praekelt-aptwrap
	status 125 flock /var/cache/praekelt-aptwrap apt-get-install --lock-timeout 1 libkeyutils1 &&
		said 'another run still holds'
}
check "another run is at work" second_run

failing_script() {
	fresh_root "$suite"
	make_deb failing 1 postinst 'echo this is why; exit 3' 'Depends: libkeyutils1'
	status 100 apt-get-install -q /failing.deb && said 'this is why' 'returned error exit status 3' \
		'apt-get-install: apt-get install failed: Sub-process /usr/bin/dpkg returned an error code' &&
		not_installed failing libkeyutils1 && fine_after
}
check "a postinst that fails: all of it is undone" failing_script
asking_script() {
	fresh_root "$suite"
	make_deb asking 1 postinst 'read answer || exit 4'
	status 100 apt-get-install -q /asking.deb && said 'exit status 4' && not_installed asking && fine_after
}
check "a postinst that asks finds nobody" asking_script
failing_removal() {
	fresh_root "$suite"
	make_deb staying 1 prerm 'exit 5'
	status 0 apt-get-install -q /staying.deb && status 100 apt-get-purge staying && said 'exit status 5' && tidy &&
		installed staying
}
check "a prerm that fails" failing_removal
conffile() {
	fresh_root "$suite"
	make_deb conf 1 postinst 'exit 0'
	mkdir -p "$tree/etc" && echo one >"$tree/etc/conf.conf" && echo /etc/conf.conf >"$tree/DEBIAN/conffiles"
	dpkg-deb --root-owner-group -b "$tree" "$root/conf.deb" >/dev/null
	status 0 apt-get-install -q /conf.deb && echo mine >"$root/etc/conf.conf" || return
	echo two >"$tree/etc/conf.conf" && sed -i 's/^Version: 1/Version: 2/' "$tree/DEBIAN/control" &&
		dpkg-deb --root-owner-group -b "$tree" "$root/conf.deb" >/dev/null
	status 0 apt-get-install -q /conf.deb && [ "$(cat "$root/etc/conf.conf")" = mine ]
}
check "a changed conffile stays as it is" conffile

interrupted() {
	fresh_root "$suite"
	make_deb victim 1 postinst '[ -e /may-go-on ] || kill -9 $PPID'
	in_root dpkg -i /victim.deb
	rm "$root/var/log/dpkg.log"
	: >"$root/may-go-on"
	status 0 apt-get-install libkeyutils1 && said 'dpkg was interrupted' && installed victim libkeyutils1 && sound
}
check "dpkg was interrupted earlier" interrupted

not_root() {
	fresh_root "$suite"
	status 125 setpriv --reuid 65534 --clear-groups apt-get-install libkeyutils1 &&
		[ "$(cat "$work/said")" = "apt-get-install: only root can do that" ]
}
check "not root" not_root
no_apt() {
	fresh_root "$suite"
	rm "$root/usr/bin/apt-get"
	status 125 apt-get-install libkeyutils1 && [ "$(cat "$work/said")" = "apt-get-install: there is no apt-get here" ] && tidy
}
check "no apt-get" no_apt

# With a lock that is waited for longer than a download may stand still.
lock_is_no_stall() {
	fresh_root "$suite"
	make_deb slow 1 preinst 'sleep 12'
	status 0 sh -c 'dpkg -i /slow.deb >/dev/null & sleep 0.5; apt-get-install --retries 0 --timeout 8 libkeyutils1; status=$?; wait; exit $status' &&
		installed libkeyutils1 slow && fails grep -q interrupted "$work/said"
}
check "waiting for a lock is no stall" lock_is_no_stall
