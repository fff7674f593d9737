#!/bin/sh
# Makes a minimal Debian root with apt and prints the tarball's path: root.sh SUITE [NAME MMDEBSTRAP-OPTION...]
#
# mmdebstrap makes it from the machine's own mirror, as root. It is kept in build/roots by suite, NAME and date. A mirror
# that is not updated serves testing and unstable with an expired Release file, which is accepted here.
set -eu
suite=${1-}
[ -n "$suite" ] || {
	echo "usage: $0 SUITE [NAME MMDEBSTRAP-OPTION...]" >&2
	exit 1
}
tar=build/roots/$suite${2:+-$2}-$(date -u +%Y%m%d).tar
shift $(($# > 1 ? 2 : 1))
if [ ! -f "$tar" ]; then
	mirror=$("$(dirname "$0")"/mirror.sh)
	mkdir -p build/roots
	echo "$0: making a root of $suite (about a minute)" >&2
	log=$(mktemp)
	trap 'rm -f "$log"' EXIT
	if ! mmdebstrap --format=tar --variant=apt --components=main \
		--aptopt='Acquire::Check-Valid-Until "false"' "$@" "$suite" "$tar.new" "$mirror" >"$log" 2>&1; then
		cat "$log" >&2
		rm -f "$tar.new"
		exit 1
	fi
	mv "$tar.new" "$tar"
fi
echo "$tar"
