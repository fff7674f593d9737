#!/bin/sh
# purge, groups and --keep-linked.
# shellcheck source=test/aptwrap/lib.sh
. "$(dirname "$0")/lib.sh"
in_namespaces "$@"

recommended() {
	fresh_root
	status 0 apt-get-install -q --recommends app && status 0 apt-get-install -q other && status 0 apt-get-purge other &&
		said 'removed' other && not_installed other && installed app lib helper helper-data && sound &&
		status 0 apt-get-purge app && not_installed app lib helper helper-data && sound
}
aside "purge: a package that another one recommends stays" recommended
purge_words() {
	fresh_root
	status 0 apt-get-install -q app single other third conf && status 0 apt-get-purge 'oth*' "third:$(dpkg --print-architecture)" conf &&
		said 'removed' other third && not_installed other third conf && [ ! -e "$root/etc/conf.conf" ] && installed app lib single && sound
}
aside "purge: names, globs and architectures; conffiles are removed" purge_words
purge_unknown() {
	fresh_root
	status 0 apt-get-install -q --logs lib && status 0 apt-get-purge single && installed lib &&
		status 100 apt-get-purge lib nosuchpackage && said 'Unable to locate package nosuchpackage' && installed lib
}
aside "purge: a package that is not installed is ignored, an unknown one is an error" purge_unknown
purge_offline() {
	fresh_root
	status 0 apt-get-install -q app && faults 'dead - .' && status 0 apt-get-purge app && not_installed app lib && sound &&
		[ "$(requests .)" -eq 0 ]
}
aside "purge: without a network" purge_offline
purge_essential() {
	fresh_root
	status 100 apt-get-purge hostname && said 'ssential' && installed hostname && sound
}
aside "purge: an essential package is not removed" purge_essential

there_and_back() {
	fresh_root
	files "$root" >"$own/was"
	manual >"$own/manual"
	status 0 apt-get-install -q --virtual .build dev single=1 && installed dev compiler libthing1 single && sound &&
		status 0 praekelt-aptwrap list && said '^\.build: .*dev' '^\.build: .*single' && fails said compiler &&
		status 0 setpriv --reuid 65534 --clear-groups praekelt-aptwrap list && said '^\.build: .*dev' || return
	status 0 apt-get-purge .build && not_installed dev compiler compiler-data libthing1 handbook single && sound && status 0 praekelt-aptwrap list &&
		fails grep . "$case/said" && manual | diff "$own/manual" - || return
	# These files may be written in another order.
	files "$root" | LC_ALL=C diff "$own/was" - | grep '^[<>]' |
		grep -v -e '^. etc/ld.so.cache ' -e '^. var/lib/apt/extended_states ' -e '^. var/lib/dpkg/' >"$own/rest"
	in_root dpkg-query -W | grep -e aptwrap -e '^dev' >>"$own/rest"
	cat "$own/rest"
	[ ! -s "$own/rest" ]
}
aside "a group is installed and purged: the root is as before" there_and_back
shared() {
	fresh_root
	status 0 apt-get-install -q --virtual a lib single && status 0 apt-get-install -q --virtual b lib third &&
		status 0 apt-get-purge a && installed lib third && not_installed single && sound &&
		status 0 apt-get-purge b && not_installed lib third && sound
}
aside "a group: a package of another group stays" shared
named_later() {
	fresh_root
	status 0 apt-get-install -q --virtual .build lib single && status 0 apt-get-install -q lib && status 0 apt-get-purge .build &&
		installed lib && not_installed single && sound
}
aside "a group: a package that was later installed by name stays" named_later
named_before() {
	fresh_root
	status 0 apt-get-install -q app single && status 0 apt-get-install -q --virtual .build lib single other && status 0 apt-get-purge .build &&
		installed app lib single && not_installed other && sound && status 0 apt-get-purge app && not_installed app lib
}
aside "a group: a package that was installed before stays, manual or automatic as it was" named_before
needed() {
	fresh_root
	status 0 apt-get-install -q --virtual .g lib single && status 0 apt-get-install -q app && status 0 apt-get-purge .g &&
		installed app lib && not_installed single && sound
}
aside "a group: a package that another one needs stays" needed
suggested() {
	fresh_root
	status 0 apt-get-install -q app && status 0 apt-get-install -q --virtual .g helper third && status 0 apt-get-purge .g &&
		not_installed third && installed app helper helper-data && sound
}
aside "a group: a recommended package stays, a suggested one is removed" suggested
grown() {
	fresh_root
	status 0 apt-get-install -q --virtual one lib single && status 0 apt-get-install -q --virtual one other && status 0 apt-get-install -q third &&
		status 0 praekelt-aptwrap list && said '^one: .*lib' '^one: .*other' && fails grep -q third "$case/said" && sound &&
		status 0 apt-get-purge one && not_installed lib single other && installed third && sound
}
aside "a group: packages can be added" grown
two_at_once() {
	fresh_root
	status 0 apt-get-install -q --virtual a single && status 0 apt-get-install -q --virtual b other && status 0 apt-get-install -q third &&
		status 0 apt-get-purge a b third && not_installed single other third && sound
}
aside "purge: groups and packages" two_at_once
failed_group() {
	fresh_root
	status 100 apt-get-install -q --virtual .g failing && tidy && status 0 praekelt-aptwrap list && fails grep . "$case/said"
}
aside "a group: a failed install creates none" failed_group
by_file() {
	fresh_root
	deb <<-TEXT
		Package: local
		Depends: third
	TEXT
	status 0 apt-get-install -q --virtual .g /t/local_1.deb 'oth*' && installed local third other && status 0 apt-get-purge .g &&
		not_installed local third other && sound
}
aside "a group: a local file and a glob" by_file
bad_names() {
	fresh_root
	for name in ../x 'a
b' '' 'a b'; do
		status 125 apt-get-install --virtual "$name" single || return
	done
	fails status 0 apt-get-purge .absent && said '.absent' && [ "$(requests .)" -eq 0 ] && sound
}
aside "a group: an invalid name and an absent group are errors" bad_names

# A program that was built with a group's packages, in a hostile tree.
built() {
	fresh_root
	allowed="$allowed
newline
usr/local/lib/app.*"
	status 0 apt-get-install -q --virtual .build dev libjunk2 && linked /usr/local/lib/app/deeper/ext.so libthing.so.1 &&
		loads /usr/local/lib/app/deeper/ext.so || return
	app=$root/usr/local/lib/app
	mkfifo "$app/fifo"
	ln -s . "$app/loop"
	mknod "$app/zero" c 1 5
	truncate -s 2G "$app/sparse"
	head -c 100 "$app/deeper/ext.so" >"$app/short.so"
	printf '\177ELF' >"$app/name
newline"
	: >"$app/empty"
}
kept() {
	said 'removed' && not_installed dev compiler compiler-data && installed libthing1 && loads /usr/local/lib/app/deeper/ext.so &&
		[ "$(manual libthing1)" = libthing1 ] && sound
}
keep_linked() {
	built && status 0 timeout 60 apt-get-purge --keep-linked /usr/local .build && kept && not_installed libjunk2 handbook
}
aside "--keep-linked: the library stays, the compiler is removed" keep_linked
# keep_linked_words WORDS...: without the option, these would remove the library.
keep_linked_words() { # WORDS...
	built && status 0 timeout 60 apt-get-purge --keep-linked /usr/local .build dev "$@" && kept && not_installed libjunk2
}
aside "--keep-linked with the library's name" keep_linked_words libthing1
aside "--keep-linked with a glob" keep_linked_words 'lib[tj][hu]*'
aside "--keep-linked with name:arch" keep_linked_words "libthing1:$(dpkg --print-architecture)" libjunk2
aside "--keep-linked with a regular expression" keep_linked_words '^libthing.$' libjunk2
# One of the names is only known to an index, so that it is fetched, and the index has a newer version of the library.
keep_linked_version() {
	allowed="$allowed
etc/apt/sources.list"
	built && echo 'deb [signed-by=/usr/share/keyrings/test.gpg] http://repository.test newer main' >>"$root/etc/apt/sources.list" &&
		status 0 apt-get-purge --keep-linked /usr/local .build in-newer && kept && [ "$(requests .)" -gt 0 ] &&
		[ "$(in_root dpkg-query -W -f '${Version}' libthing1)" = 1 ]
}
aside "--keep-linked does not upgrade the library" keep_linked_version
keep_linked_plan() {
	built && before && status 0 setpriv --reuid 65534 --clear-groups apt-get-purge --dry-run --keep-linked /usr/local .build && said 'libthing1' &&
		installed dev && sound
}
aside "--keep-linked --dry-run: nothing changes" keep_linked_plan
keep_linked_nowhere() {
	built && before && status 125 apt-get-purge --keep-linked /nowhere .build && said '/nowhere' && installed dev && sound
}
aside "--keep-linked: an absent directory is an error" keep_linked_nowhere
end_asides
