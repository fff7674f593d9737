#!/bin/sh
# Extracts the programs from packages, one file for each name: binaries.sh PACKAGES OUT VERSION ARCHITECTURE...
#
# OUT/gosu-arm64 is praekelt-suexec of that architecture, with the name gosu written into it (common/program_name.h), so that it
# acts as gosu whatever the file is called. praekelt-init, praekelt-suexec and praekelt-aptwrap have no name written into
# them; the name that they are called by decides.
set -eu
[ $# -gt 3 ] || {
	echo "usage: $0 PACKAGES OUT VERSION ARCHITECTURE..." >&2
	exit 1
}
packages=$1 out=$2 version=$3
shift 3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mark='@(#)praekelt-name='

for arch; do
	for program in init suexec aptwrap; do
		dpkg-deb -x "$packages/praekelt-${program}_${version}_$arch.deb" "$work"
		file=$(find "$work/usr" -name "praekelt-$program" -type f -perm -1)
		cp "$file" "$out/praekelt-$program-$arch"
		case $program in
		init) names='tini dumb-init catatonit dinit' ;;
		suexec) names='gosu su-exec' ;;
		aptwrap) names='apt-get-install apt-get-purge install_packages' ;;
		esac
		at=$(grep -abo "$mark" "$file" | cut -d: -f1)
		for name in $names; do
			cp "$file" "$out/$name-$arch"
			# If the mark were there twice or not at all, $at would not be a number, and this would fail.
			printf %s "$name" | dd of="$out/$name-$arch" bs=1 seek=$((at + ${#mark})) conv=notrunc status=none
		done
	done
done
