#!/bin/sh
# --runtime-deps: missing libraries are looked up in the Contents index.
# shellcheck source=test/aptwrap/lib.sh
. "$(dirname "$0")/lib.sh"
in_namespaces "$@"

# app SUITE LIBRARY...: a root with that suite as its source, and files in /opt/app that need the libraries.
app() {
	fresh_root
	use_suite "$1"
	shift
	for library; do
		linked "/opt/app/deeper/$library.user" "$library" || return
	done
	allowed="$allowed
(opt|venv|usr/local/lib)/.*"
	before
	faults
}
runs() {
	for library; do
		loads "/opt/app/deeper/$library.user" || return
	done
}

by_contents() {
	app stable libthing.so.1 libjunk.so.2 && fails runs libthing.so.1 && status 0 apt-get-install --runtime-deps /opt/app &&
		said libthing1 libjunk2 && [ "$(requests '^200 .*Contents-\|main/by-hash')" -ge 1 ] &&
		installed libthing1 libjunk2 && runs libthing.so.1 libjunk.so.2 && sound
}
aside "the packages are found in the Contents index" by_contents
nothing_missing() {
	by_contents && faults && status 0 apt-get-install --runtime-deps=/opt/app && [ "$(requests 'Contents\|stable/main/by-hash')" -eq 0 ]
}
aside "nothing is missing: no Contents index is fetched" nothing_missing
alternative() {
	app stable libalt.so.3 && status 0 apt-get-install --runtime-deps /opt/app && installed libalt3 && runs libalt.so.3 && sound
}
aside "a library in a directory of alternatives" alternative
with_packages() {
	app stable libthing.so.1 && status 0 apt-get-install --runtime-deps=/opt/app --virtual .run single && installed libthing1 single &&
		status 0 apt-get-purge .run && not_installed libthing1 single && sound
}
aside "together with packages and a group" with_packages
planned() {
	app stable libthing.so.1 'lib
.so' && status 0 setpriv --reuid 65534 --clear-groups apt-get-install --dry-run --runtime-deps /opt/app single &&
		said 'libthing.so.1' '^apt-get .*install.* single' && not_installed single && sound && [ "$(requests .)" -eq 0 ]
}
aside "--dry-run names the libraries, and nothing changes" planned
in_the_tree() {
	app stable libthing.so.1 && cp "$case/needed.so" "$root/opt/app/libthing.so.1" && status 0 apt-get-install --runtime-deps /opt/app &&
		not_installed libthing1 && sound
}
aside "a library in the directory itself is not missing" in_the_tree
not_found() {
	app stable libqq.so.5 libqr.so.1 libthing.so.1 'lib
.so' && status 125 apt-get-install --runtime-deps /opt/app && said "libqq.so.5" "libqr.so.1" "lib?.so" &&
		not_installed libthing1 && sound
}
aside "libraries in no package are all named, and nothing is installed" not_found
no_guessing() {
	app plain libthing.so.1 && status 125 apt-get-install --runtime-deps /opt/app && said 'Contents' && not_installed libthing1 && sound
}
aside "an archive without a Contents index is an error" no_guessing

fault() { # FAULT TIMES STATUS
	app stable libthing.so.1 && faults "$1 $2 stable/main/(Contents|by-hash)" &&
		status "$3" apt-get-install --retries 1 --timeout 2 --runtime-deps /opt/app && sound
}
once() {
	fault "$1" 1 0 && installed libthing1
}
for_good() {
	fault "$1" - 100 && not_installed libthing1
}
for fault in 503 corrupt; do
	aside "Contents: $fault once" once $fault
	aside "Contents: $fault for ever" for_good $fault
done

no_python() {
	app stable && status 125 apt-get-install --runtime-deps && said 'python' && sound
}
aside "without a directory and without python: an error" no_python
hostile() {
	app stable libthing.so.1
	mkfifo "$root/opt/app/fifo"
	ln -s . "$root/opt/app/loop"
	mknod "$root/opt/app/zero" c 1 5
	truncate -s 2G "$root/opt/app/sparse"
	printf '\177ELF' >"$root/opt/app/name
with newline"
	for size in 20 64 100 1000; do
		head -c $size "$root/opt/app/deeper/libthing.so.1.user" >"$root/opt/app/short$size.so"
	done
	status 0 timeout 20 apt-get-install --runtime-deps /opt/app && installed libthing1
}
aside "a hostile tree" hostile
end_asides
