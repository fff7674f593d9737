#!/bin/sh
# Prints the command that runs CBMC. Debian has CBMC since trixie: on an older release, trixie's packages are unpacked
# into build/prove/root, and the program runs there with trixie's libraries.
set -eu
cd "$(dirname "$0")/../.."

if command -v cbmc; then
	exit
fi
root=$PWD/build/prove/root
[ -e "$root" ] || {
	echo "$0: unpacking CBMC of trixie into ${root#"$PWD"/}" >&2
	mkdir -p build/prove
	mirror=$(test/mirror.sh)
	keyring=/usr/share/keyrings/debian-archive-keyring.gpg
	rm -rf "$root.new"
	mmdebstrap --quiet --variant=extract --include=cbmc trixie "$root.new" \
		"deb [signed-by=$keyring] $mirror trixie main" >build/prove/root.log 2>&1 || {
		cat build/prove/root.log >&2
		exit 1
	}
	mv "$root.new" "$root"
}
libraries=$(echo "$root"/usr/lib/*-linux-gnu*):$root/usr/lib
for loader in "$root"/usr/lib*/ld-linux*; do
	echo "$loader --library-path $libraries $root/usr/bin/cbmc"
done
