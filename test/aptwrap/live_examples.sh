#!/bin/sh
# The examples of the manual page, as they stand there, with what their COPY lines would have brought.
# shellcheck source=test/aptwrap/lib.sh
. "$(dirname "$0")/lib.sh"
in_namespaces "$@"
suite=${SUITE:-trixie}

# example N: the commands of the Nth RUN of the page, with the settings of its ARG lines.
example() {
	awk -v wanted="$1" '
		/^\.Sh EXAMPLES/ { on = 1 }
		/^\.Sh SEE/ { on = 0 }
		on && /^ARG / { sub(/^ARG /, "export "); arg = $0 }
		on && /^RUN / { n++; run = 1; sub(/^RUN /, ""); if (n == wanted && arg) print arg }
		/^\.Ed/ { run = 0; arg = "" }
		run && n == wanted { gsub(/\\e$/, "\\"); if ($0 !~ /^ *--mount/) { sub(/^--mount[^ ]* */, ""); print } }
	' aptwrap/praekelt-aptwrap.8 | sed '/^\\$/d'
}
run_example() {
	example "$1" >"$root/example"
	cat "$root/example"
	grep -q apt-get "$root/example" && status 0 sh -e /example
}

source_tree() {
	mkdir "$root/src"
	printf '#include <libpq-fe.h>\nint main(void) { return PQlibVersion() < 90000; }\n' >"$root/src/app.c"
	printf 'install:\n\tgcc -I/usr/include/postgresql -o /usr/local/bin/app /src/app.c -lpq\n' >"$root/src/Makefile"
}
first() {
	fresh_root "$suite"
	run_example 1 && installed libpq5 libjpeg62-turbo && sound
}
check "install two packages" first
from_source() {
	fresh_root "$suite"
	source_tree
	run_example 2 && not_installed gcc make libpq-dev && installed libpq5 && status 0 app && sound
}
check "build from source, keep what is linked" from_source
other_stage() {
	status 0 apt-get-purge libpq5 && fails in_root app && mkdir -p "$root/venv/lib" &&
		mv "$root/usr/local/bin/app" "$root/venv/lib" && run_example 3 && status 0 /venv/lib/app && sound
}
check "install what a copied tree needs" other_stage
from_file() {
	fresh_root "$suite"
	echo libkeyutils1 >"$root/tmp/packages.txt"
	run_example 4 && installed libkeyutils1 && sound
}
check "names from a file" from_file
with_cache() {
	fresh_root "$suite"
	mkdir -p "$work/cache" "$work/lists"
	mount --bind "$work/cache" "$root/var/cache/apt"
	mount --bind "$work/lists" "$root/var/lib/apt/lists"
	run_example 5 && installed curl && ls "$work/cache/archives/"curl*.deb "$work/lists/"*Packages*
}
check "with the builder's cache" with_cache
same_again() {
	fresh_root "$suite"
	run_example 6 && installed curl && sound && [ "$(requests 'snapshot.debian.org.*20260101T000000Z')" -ge 2 ] &&
		[ -z "$(find "$upper/var/lib/dpkg" -type f -newermt "2026-01-01 00:00:01" | head)" ]
}
check "the same again and again" same_again
