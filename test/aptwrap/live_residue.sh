#!/bin/sh
# What is left behind: the packages' own files and the state of dpkg and apt, and nothing else, byte for byte.
# shellcheck source=test/aptwrap/lib.sh
. "$(dirname "$0")/lib.sh"
in_namespaces "$@"
suite=${SUITE:-trixie}

# States of dpkg, apt and the dynamic linker, which a run may change.
allowed='var/lib/dpkg/status var/lib/apt/extended_states etc/ld.so.cache'

# Takes from a list of paths what packages own, and the states.
# Directories of packages may be listed, aliased by a merged /usr or diverted; links may be alternatives.
foreign() {
	in_root sh -c 'cat /var/lib/dpkg/info/*.list; sed -n "/^\//p" /var/lib/dpkg/alternatives/*' | sed 's,^/,,; p; s,^\(lib\|lib64\|bin\|sbin\)/,usr/&,' >"$work/owned"
	for path in $allowed; do
		echo "$path"
	done >>"$work/owned"
	LC_ALL=C sort -u "$work/owned" -o "$work/owned"
	sort -u | LC_ALL=C sort -u | LC_ALL=C comm -23 - "$work/owned" |
		grep -v -e '^var/lib/dpkg/info/' -e '^var/lib/dpkg/triggers/[A-Za-z]' -e '^var/lib/dpkg/lock'
}

# before; after: what has changed in between, by its content, apart from what may.
before() {
	inventory >"$work/before"
}
changes() {
	inventory >"$work/after"
	LC_ALL=C diff "$work/before" "$work/after" | sed -n 's/^[<>] \([^ ]*\) .*/\1/p' | foreign
}
unchanged() {
	changes >"$work/changes"
	cat "$work/changes"
	[ ! -s "$work/changes" ]
}

nothing_but() {
	fresh_root "$suite"
	before
	status 0 apt-get-install "$@" && said 'installed [0-9]* package' 'on disk' fetched && installed "$1" && unchanged && tidy
}
check "curl: nothing but its files" nothing_but curl
check "libpq5: nothing but its files" nothing_but libpq5
no_bytecode() {
	for version in 11 13; do
		allowed="$allowed var/lib/python var/lib/python/python3.${version}_installed usr/local/lib/python3.$version
			usr/local/lib/python3.$version/dist-packages"
	done
	nothing_but python3-minimal && [ -z "$(find "$root/usr" -name '*.pyc')" ] && status 0 python3 -c 'import ast'
}
check "python3-minimal: no bytecode" no_bytecode

# An image's layer is what the overlay holds: what is in it but did not change was touched for nothing.
untouched() {
	fresh_root "$suite"
	before
	status 0 apt-get-install curl || return
	(cd "$upper" && find . -type f -printf '%P\n') | foreign >"$work/changes"
	cat "$work/changes"
	[ ! -s "$work/changes" ]
}
check "curl: no other file becomes part of the layer" untouched

# tzdata's answers are debconf's; the time zone its own.
debconf() {
	allowed="$allowed var/cache/debconf/config.dat var/cache/debconf/templates.dat etc/timezone etc/localtime"
	fresh_root "$suite"
	in_root dpkg --force-depends --purge tzdata >/dev/null 2>&1
	status 0 praekelt-aptwrap clean
	before
	status 0 apt-get-install tzdata && installed tzdata && unchanged && tidy
}
check "tzdata: only what debconf knows" debconf

local_deb() {
	fresh_root "$suite"
	make_deb local 1 postinst 'update-alternatives --install /usr/bin/thing thing /bin/true 10; useradd somebody 2>/dev/null; :'
	before
	status 0 apt-get-install /local.deb && installed local && tidy || return
	changes | grep -v -e '^etc/alternatives' -e '^var/lib/dpkg/alternatives' -e '^etc/passwd$' -e '^etc/group$' -e '^etc/shadow$' \
		-e '^etc/gshadow$' -e '^etc/subuid$' -e '^etc/subgid$' -e '^usr/share/local' >"$work/rest"
	cat "$work/rest"
	[ ! -s "$work/rest" ]
}
check "a local .deb with an alternative and a user: no log, no backup" local_deb

# What a package's scripts ask update-alternatives for is the package's, and so is the record of it.
there() {
	fresh_root "$suite"
	before
	for link in c89 c89.1.gz c99 c99.1.gz cc cc.1.gz cpp; do
		allowed="$allowed etc/alternatives/$link var/lib/dpkg/alternatives/$link"
	done
	status 0 apt-get-install --virtual .build gcc libpq-dev && installed gcc libpq-dev && tidy &&
		changes | grep -v '^var/lib/praekelt-aptwrap' >"$work/rest"
	cat "$work/rest"
	[ ! -s "$work/rest" ] && [ -s "$root/var/lib/dpkg/alternatives/cc" ]
}
check "gcc and libpq-dev: their files and alternatives, and the group" there
and_back() {
	status 0 apt-get-purge .build && not_installed gcc libpq-dev libpq5 && tidy && inventory >"$work/after"
	LC_ALL=C diff "$work/before" "$work/after" | grep '^[<>]' | grep -v -e '^. etc/ld.so.cache ' -e '^. var/lib/apt/extended_states ' \
		>"$work/rest"
	cat "$work/rest"
	[ ! -s "$work/rest" ] && [ ! -s "$root/var/lib/apt/extended_states" ]
}
check "gcc and libpq-dev, purged: every file, directory and link as before" and_back

# What was there stays, to the byte, mode, owner and time.
pre_existing() {
	fresh_root "$suite"
	make_deb local 1 postinst 'update-alternatives --install /usr/bin/thing thing /bin/true 10; useradd somebody; :' 'Depends: libkeyutils1'
	for file in var/log/dpkg.log var/log/alternatives.log var/log/apt/history.log var/log/apt/term.log var/log/bootstrap.log \
		var/lib/dpkg/status-old var/lib/dpkg/diversions-old var/cache/debconf/config.dat-old var/cache/debconf/templates.dat-old \
		var/cache/ldconfig/aux-cache var/lib/apt/lists/some_Packages var/cache/apt/pkgcache.bin \
		var/cache/apt/archives/some_1_all.deb etc/passwd-; do
		echo "old $file" >"$root/$file"
		touch -d '2020-02-02 02:02:02.123456789' "$root/$file"
	done
	chown 1:2 "$root/var/log/dpkg.log"
	chmod 604 "$root/var/log/dpkg.log"
	state() {
		(cd "$root" && grep -rl '^old ' var/log var/lib/dpkg/*-old var/cache var/lib/apt/lists etc/passwd- 2>/dev/null |
			LC_ALL=C sort | xargs stat -c '%n %s %u:%g %a %y')
	}
	state >"$work/was"
	status 0 apt-get-install -q /local.deb tzdata && state >"$work/is" && diff "$work/was" "$work/is" &&
		[ "$(wc -l <"$work/is")" -eq 14 ]
}
check "what was there before is there, to the byte" pre_existing

logs() {
	fresh_root "$suite"
	status 0 apt-get-install --logs libkeyutils1 && grep -q libkeyutils1 "$root/var/log/dpkg.log" "$root/var/log/apt/history.log"
}
check "--logs keeps the logs" logs

cache_mount() {
	fresh_root "$suite"
	printf '%s\n' 'DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb"; };' 'Dir::Cache::pkgcache "";' \
		>"$root/etc/apt/apt.conf.d/docker-clean"
	mkdir -p "$work/mounted/lists" "$work/mounted/cache"
	rm -rf "$work"/mounted/*/*
	mount --bind "$work/mounted/lists" "$root/var/lib/apt/lists"
	mount --bind "$work/mounted/cache" "$root/var/cache/apt"
	status 0 apt-get-install libkeyutils1 && ls "$work"/mounted/lists/*_Packages "$work"/mounted/cache/archives/libkeyutils1*.deb &&
		status 0 apt-get-purge libkeyutils1 && faults '404 - deb$' && status 0 apt-get-install libkeyutils1 && [ "$(requests 'deb$')" -eq 0 ] &&
		status 0 praekelt-aptwrap clean && ls "$work"/mounted/lists/*_Packages "$work"/mounted/cache/archives/libkeyutils1*.deb
}
check "cache mounts are used and kept" cache_mount

# Twice the same, in every byte and in every time.
same_twice() {
	for i in 1 2; do
		fresh_root "$suite"
		SOURCE_DATE_EPOCH=1700000000 status 0 apt-get-install libpq5 python3-minimal tzdata || return
		inventory >"$work/build.$i"
		(cd "$upper" && find . -mindepth 1 ! -type c ! -path './dev*' ! -path './proc' -printf '%P %y %T@\n' | LC_ALL=C sort) >"$work/times.$i"
		sleep 1.1
	done
	diff "$work/build.1" "$work/build.2" && diff "$work/times.1" "$work/times.2"
}
check "two builds are the same" same_twice
clamped() {
	awk '$NF > 1700000000 { print; late = 1 } END { exit late }' "$work/times.1"
}
check "SOURCE_DATE_EPOCH: no file is younger" clamped
bad_epoch() {
	fresh_root "$suite"
	SOURCE_DATE_EPOCH=soon status 125 apt-get-install curl && said "SOURCE_DATE_EPOCH is no number of seconds: 'soon'" && tidy
}
check "SOURCE_DATE_EPOCH: nonsense is refused" bad_epoch

cleaned() {
	fresh_root "$suite"
	in_root sh -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends curl' >/dev/null 2>&1
	fails tidy >/dev/null && status 0 praekelt-aptwrap clean && tidy && installed curl
}
check "clean: what plain apt-get left" cleaned
no_link() {
	fresh_root "$suite"
	rm -rf "$root/var/lib/apt/lists"
	mkdir "$root/precious" && echo x >"$root/precious/file"
	ln -s /precious "$root/var/lib/apt/lists"
	ln -s /precious "$root/var/cache/apt/archives/partial.deb"
	ln -sfn /precious "$root/var/log/apt"
	echo x >"$root/precious/history.log"
	status 0 praekelt-aptwrap clean && [ -f "$root/precious/file" ] && [ -f "$root/precious/history.log" ]
}
check "clean: never through a symbolic link" no_link
