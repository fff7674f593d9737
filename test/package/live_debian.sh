#!/bin/sh
# blhc and lintian find nothing in the build log and the packages of make check-package.
. test/package/lib.sh

check "blhc finds nothing" says "" blhc --all --debian build/deb.log
check "lintian finds nothing" says "" \
	lintian --allow-root --fail-on error,warning,info,pedantic -I -E --pedantic dist/*.changes

# One .deb is for every release, so it must have nothing that an old dpkg or another libc cannot handle.
members() { # DEB
	ar t "$1" | tr '\n' ' '
}
control_files() { # DEB
	dpkg-deb --ctrl-tarfile "$1" | tar -t | sort | tr '\n' ' '
}
fields() { # PACKAGE FIELD...
	package=$1
	shift
	dpkg-deb -f dist/"$package"_*.deb "$@"
}
for deb in dist/*.deb; do
	name=$(basename "${deb%%_*}")
	check "$name: xz members" says "debian-binary control.tar.xz data.tar.xz " members "$deb"
	check "$name: no maintainer script, no trigger" says "./ ./control ./md5sums " control_files "$deb"
	check "$name: Multi-Arch" says foreign fields "$name" Multi-Arch
done
check "praekelt-init depends on nothing" says "" fields praekelt-init Depends Pre-Depends
check "praekelt-suexec depends on nothing" says "" fields praekelt-suexec Depends Pre-Depends
check "praekelt-aptwrap depends on apt alone" says "Depends: apt" fields praekelt-aptwrap Depends Pre-Depends
static=$(dpkg-query -W -f '${source:Package} (= ${source:Version})\n' musl-dev \
	"$(dpkg -S "$(gcc -print-libgcc-file-name)" | sed 's/: .*//')" | sort | sed -z 's/\n\(.\)/, \1/')
for name in init suexec aptwrap; do
	check "praekelt-$name names what is linked into it" says "$static" fields praekelt-$name Static-Built-Using
done
