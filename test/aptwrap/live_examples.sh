#!/bin/sh
# Runs the examples of the manual page. The test creates what their COPY lines would copy.
# shellcheck source=test/aptwrap/lib.sh
. "$(dirname "$0")/lib.sh"
in_namespaces "$@"

# example TITLE: prints the commands of the example whose title contains TITLE, with its ARG lines as settings.
example() {
	awk -v wanted="$1" '
		/^\.Sh EXAMPLES/ { on = 1 }
		/^\.Sh SEE/ { on = 0 }
		on && /^[^.]/ && !display { title = $0 }
		/^\.Bd/ { display = 1 }
		/^\.Ed/ { display = run = 0 }
		display && on && index(title, wanted) {
			if (sub(/^ARG /, "export ")) print
			if (sub(/^RUN /, "")) run = 1
			gsub(/\\e$/, "\\")
			if (run && $0 !~ /^ *--mount/) print
		}
	' aptwrap/praekelt-aptwrap.8
}
run_example() {
	example "$1" >"$root/t/example"
	cat "$root/t/example"
	grep -q apt-get "$root/t/example" && status 0 sh -e /t/example
}
debian_root() {
	fresh_root
	use_mirror
}
allowed="$allowed
(src|venv|usr/local/bin)/.*"

first() {
	debian_root
	run_example "Install two packages" && installed libpq5 libjpeg62-turbo && sound
}
aside "install two packages" first
from_source() {
	debian_root
	mkdir "$root/src"
	printf '#include <libpq-fe.h>\nint main(void) { return PQlibVersion() < 90000; }\n' >"$root/src/app.c"
	printf 'install:\n\tgcc -I/usr/include/postgresql -o /usr/local/bin/app /src/app.c -lpq\n' >"$root/src/Makefile"
	before
	run_example "Build a program" && not_installed gcc make libpq-dev && installed libpq5 && status 0 app && sound
}
aside "build from source, keep the linked libraries" from_source
# With the small archive: the Contents index of a mirror may be out of date, and then apt refuses it.
other_stage() {
	fresh_root
	use_suite stable
	linked /venv/lib/app.so libthing.so.1
	before
	run_example "another stage" && installed libthing1 && loads /venv/lib/app.so && sound
}
aside "install the libraries that a copied directory needs" other_stage
from_file() {
	debian_root
	echo libkeyutils1 >"$root/tmp/packages.txt"
	before
	run_example "in a file" && installed libkeyutils1 && sound
}
aside "names from a file" from_file
with_cache() {
	debian_root
	mkdir -p "$own/cache" "$own/lists"
	mount --bind "$own/cache" "$root/var/cache/apt"
	mount --bind "$own/lists" "$root/var/lib/apt/lists"
	before
	run_example "apt's cache" && installed curl && ls "$own/cache/archives/"curl*.deb "$own/lists/"*Packages* && sound
}
aside "with the builder's cache" with_cache
# Of two builds at the same time, one waits for the lock of the other.
shared_cache() {
	mkdir -p "$own/archives"
	for build in one two; do
		fresh_root $build
		use_mirror
		mount --bind "$own/archives" "$root/var/cache/apt/archives"
		(run_example "at the same time" && installed curl && sound) &
		builds="${builds-} $!"
	done
	for build in $builds; do
		wait "$build" || return
	done
	ls "$own/archives/"curl*.deb
}
aside "downloads shared with other builds" shared_cache
# The proxy takes the place of the snapshot service.
same_again() {
	debian_root
	echo "deb http://deb.debian.org/debian $suite main" >"$root/etc/apt/sources.list"
	before
	run_example "same image" && installed curl && sound && [ "$(requests 'snapshot.debian.org.*20260101T000000Z')" -ge 2 ] &&
		[ -z "$(find "$upper/var/lib/dpkg" -type f -newermt "2026-01-01 00:00:01" | head)" ]
}
aside "the same image each time" same_again
end_asides
