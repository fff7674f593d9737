#!/bin/sh
# Groups, what is linked; package lists, names, and the other verbs.
# shellcheck source=test/aptwrap/lib.sh
. "$(dirname "$0")/lib.sh"
in_namespaces "$@"
suite=${SUITE:-trixie}

# Python's own packages first: they are what an image has. Then an extension that needs libpq.
extension() {
	cat >"$root/ext.c" <<-'EOF'
		#include <Python.h>
		#include <libpq-fe.h>
		static PyObject *version(PyObject *self, PyObject *args) { return PyLong_FromLong(PQlibVersion()); }
		static PyMethodDef methods[] = {{"version", version, METH_NOARGS, ""}, {0}};
		static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "ext", 0, -1, methods};
		PyMODINIT_FUNC PyInit_ext(void) { return PyModule_Create(&module); }
	EOF
	cat >"$root/build" <<-'EOF'
		set -e
		dir=/usr/local/lib/app
		mkdir -p $dir/deeper
		gcc -shared -fPIC $(python3-config --includes) -I/usr/include/postgresql /ext.c -o $dir/deeper/ext.so -lpq
		PYTHONPATH=$dir/deeper python3 -B -c 'import ext; print("libpq", ext.version())'
	EOF
}
uses_extension() {
	status 0 env PYTHONPATH=/usr/local/lib/app/deeper python3 -B -c 'import ext; print("libpq", ext.version())' && said '^libpq [1-9]'
}
keep_linked() {
	fresh_root "$suite"
	extension
	status 0 apt-get-install -q python3-minimal libpython3-stdlib || return
	status 0 apt-get-install --virtual .build gcc libc6-dev libpq-dev python3-dev && status 0 sh /build || return
	# What a hostile tree may hold.
	mkfifo "$root/usr/local/lib/app/fifo"
	ln -s . "$root/usr/local/lib/app/loop"
	mknod "$root/usr/local/lib/app/zero" c 1 5
	truncate -s 2G "$root/usr/local/lib/app/sparse"
	head -c 100 "$root/usr/local/lib/app/deeper/ext.so" >"$root/usr/local/lib/app/short.so"
	printf '\177ELF' >"$root/usr/local/lib/app/name
with newline"
	: >"$root/usr/local/lib/app/empty"
	status 0 praekelt-aptwrap list && said '^\.build: .*gcc.* libpq-dev' && fails grep -q python3-minimal "$work/said" || return
	inventory >"$work/before"
	status 0 setpriv --reuid 65534 --clear-groups apt-get-purge --dry-run --keep-linked /usr/local .build man-db && cp "$work/said" "$work/plan" &&
		inventory | diff "$work/before" - || return
	status 0 timeout 60 apt-get-purge --keep-linked /usr/local .build && said 'removed [0-9]* packages' 'short.so' || return
	not_installed gcc libpq-dev python3-dev && installed libpq5 python3-minimal && uses_extension &&
		[ ! -e "$root/var/lib/praekelt-aptwrap" ] && sound
}
check "--keep-linked: the extension works, the compiler is gone" keep_linked
# What it would do was known before it was done.
keep_linked_plan() {
	cat "$work/plan"
	[ "$(grep -c '^apt-[a-z]* ' "$work/plan")" -eq 3 ] && grep -q '^apt-mark auto .*gcc.* libpq-dev' "$work/plan" &&
		grep -q '^apt-mark manual .*libpq5' "$work/plan" && grep -qx 'apt-get purge -q -y --auto-remove man-db' "$work/plan" &&
		grep '^apt-mark manual' "$work/plan" | tr ' ' '\n' | sed 1,2d | LC_ALL=C sort >"$work/wanted" &&
		in_root apt-mark showmanual | LC_ALL=C sort | LC_ALL=C comm -23 "$work/wanted" - >"$work/rest" && [ ! -s "$work/rest" ]
}
check "--keep-linked: the plan, by another user" keep_linked_plan

groups() {
	fresh_root "$suite"
	status 0 apt-get-install -q libkeyutils1 && status 0 apt-mark auto libkeyutils1 &&
		status 0 praekelt-aptwrap clean || return
	status 0 apt-get-install -q --virtual one libkeyutils1 libpq5 && status 0 apt-get-install -q --virtual one libnghttp2-14 &&
		status 0 apt-get-install -q libldap-common || return
	cat "$root/var/lib/praekelt-aptwrap/groups/one"
	grep -qx 'manual libkeyutils1' "$root/var/lib/praekelt-aptwrap/groups/one" &&
		grep -qx 'new libnghttp2-14' "$root/var/lib/praekelt-aptwrap/groups/one" &&
		fails grep -q libldap-common "$root/var/lib/praekelt-aptwrap/groups/one" || return
	status 0 apt-get-purge one && not_installed libpq5 libnghttp2-14 && installed libldap-common && sound
}
check "a group: what is new, what was automatic; it can be added to" groups
still_needed() {
	fresh_root "$suite"
	make_deb needs 1 postinst 'exit 0' 'Depends: libkeyutils1'
	status 0 apt-get-install -q --virtual .g libkeyutils1 libyaml-0-2 && status 0 apt-get-install -q /needs.deb &&
		status 0 apt-get-purge .g && installed needs libkeyutils1 && not_installed libyaml-0-2
}
check "a group: what somebody else needs by now stays" still_needed
failed_group() {
	fresh_root "$suite"
	make_deb failing 1 postinst 'exit 3' 'Depends: libkeyutils1'
	status 100 apt-get-install -q --virtual .g /failing.deb && [ ! -e "$root/var/lib/praekelt-aptwrap" ] && sound
}
check "a group: a failed install makes none" failed_group
hostile_group() {
	fresh_root "$suite"
	dir=$root/var/lib/praekelt-aptwrap/groups
	mkdir -p "$dir"
	printf 'new ../../etc/passwd\n' >"$dir/path"
	printf 'new gcc; rm -rf /\n' >"$dir/shell"
	printf 'new -o=Dir=/x\n' >"$dir/option"
	head -c 100000 /dev/zero >"$dir/zeros"
	truncate -s 2G "$dir/large"
	mkfifo "$dir/fifo"
	ln -s /etc/passwd "$dir/link"
	for group in path shell option zeros large fifo link; do
		status 125 timeout 20 apt-get-purge $group && said "not a group's file: '/var/lib/praekelt-aptwrap/groups/$group'" || return
	done
	status 125 apt-get-purge .absent && said "there is no group '.absent'"
	status 125 apt-get-install --virtual ../x curl && said "not a group's name: '../x'"
}
check "a group: hostile files are refused" hostile_group

purge_unknown() {
	fresh_root "$suite"
	status 0 apt-get-purge curl && said 'nothing to remove' && tidy && status 100 apt-get-purge nosuchpackage &&
		said 'Unable to locate package nosuchpackage' && tidy
}
check "purge: not installed is fine, not known is not" purge_unknown
purge_offline() {
	fresh_root "$suite"
	status 0 apt-get-install -q libpq5 && faults 'dead - .' && status 0 apt-get-purge libpq5 && not_installed libpq5 libldap2 &&
		[ "$(requests .)" -eq 0 ]
}
check "purge: without a network" purge_offline
purge_essential() {
	fresh_root "$suite"
	status 100 apt-get-purge dpkg && installed dpkg && status 100 apt-get-purge hostname && said 'ssential' && installed hostname
}
check "purge: not what is essential" purge_essential

lists() {
	fresh_root "$suite"
	printf '# a list\nlibkeyutils1 # why\n\n\tlibnghttp2-14\r\n' >"$root/list"
	status 0 sh -c 'echo libyaml-0-2 | apt-get-install -q --file /list -' && installed libkeyutils1 libnghttp2-14 libyaml-0-2 || return
	printf 'one two\n' >"$root/list" && status 125 apt-get-install --file=/list && said "more than one name in line 1" || return
	printf 'a\nb\0c\n' >"$root/list" && status 125 apt-get-install --file=/list && said "a NUL byte in line 2" || return
	printf -- '--allow-unauthenticated\n' >"$root/list" && status 100 apt-get-install -q --file=/list &&
		said 'Unable to locate package --allow-unauthenticated' || return
	status 125 apt-get-install --file /nowhere && said "cannot read the package list '/nowhere': No such file" || return
	seq 1 10000 | sed 's/^/nosuchpackage/' >"$root/list" && status 100 apt-get-install -q --file /list && said 'nosuchpackage9999'
}
check "package lists" lists

passed_on() {
	fresh_root "$suite"
	status 0 apt-get-install -s -o Debug::NoLocking=1 "libkeyutils1=*" libnghttp2-14+ && said '^Inst libkeyutils1' && not_installed libkeyutils1 ||
		return
	status 100 apt-get-install -q -t nosuite libkeyutils1 && said nosuite
	status 0 install_packages libkeyutils1 && installed libkeyutils1 && status 0 install_packages && tidy &&
		status 0 apt-get-install.sh libnghttp2-14 && status 0 apt-get-purge.sh libnghttp2-14 && status 0 apt-get-install -q libkeyutils1- &&
		not_installed libkeyutils1
}
check "apt-get's own arguments, and all of our names" passed_on
dry_run() {
	fresh_root "$suite"
	inventory >"$work/before"
	status 0 setpriv --reuid 65534 apt-get-install --dry-run --recommends curl "it's" && [ "$(cat "$work/said")" = "apt-get update -q
apt-get install -q -y --install-recommends curl 'it'\\''s'" ] && inventory | diff "$work/before" -
}
check "--dry-run: the plan, and nothing changes" dry_run
trace() {
	status 0 apt-get-install --trace libkeyutils1 && said '^+ apt-get update -q$' '^+ apt-get install -q -y --no-install-recommends libkeyutils1$'
}
check "--trace shows each command" trace
environment() {
	fresh_root "$suite"
	make_deb env 1 postinst 'echo "$DEBIAN_FRONTEND $LANG ${LC_ALL-none} $LC_MESSAGES"; apt-config dump Dir::Log; [ -t 0 ] || cat'
	status 0 env LC_ALL=C.UTF-8 apt-get-install -v /env.deb && said '^noninteractive C.UTF-8 none C$' 'praekelt-aptwrap/log'
}
check "maintainer scripts see the environment and apt's configuration" environment
user_config() {
	fresh_root "$suite"
	echo 'APT::Install-Recommends "true"; Test::Mark "image";' >"$root/etc/apt/apt.conf.d/50image"
	echo 'Test::User "user";' >"$root/user.conf"
	make_deb env 1 postinst 'apt-config dump Test'
	status 0 env APT_CONFIG=/user.conf apt-get-install -v /env.deb && said 'Test::Mark "image"' 'Test::User "user"'
}
check "the image's and the user's configuration count" user_config

snapshot() {
	fresh_root "$suite"
	rm "$root/etc/apt/sources.list"
	printf 'Types: deb\nURIs: https://ftp.debian.org/debian/\nSuites: %s\nComponents: main\n' "$suite" \
		>"$root/etc/apt/sources.list.d/debian.sources"
	status 0 apt-get-install --snapshot 20260101T000000Z libkeyutils1 && installed libkeyutils1 && sound &&
		[ "$(requests 'http://snapshot.debian.org/archive/debian/20260101T000000Z/dists/')" -ge 2 ] &&
		[ "$(requests '//ftp.debian.org')" -eq 0 ] && grep -q 'ftp.debian.org' "$root/etc/apt/sources.list.d/debian.sources"
}
check "--snapshot: Debian as it was, for this run" snapshot
