#!/bin/sh
# Installs from the release's apt repository in a root of arm64, all of whose programs run under qemu-user.
# shellcheck disable=SC2154 # variables of lib.sh
. test/package/lib.sh
. test/release/lib.sh
arch=arm64
. test/release/qemu.sh

url=$(cat "$made/url")
serve "$release/repo" "${url##*:}"
root=$work/root
chmod 711 "$work"
mirror=$(test/mirror.sh) || give_up "a mirror"
check "a root of arm64" inside mmdebstrap --mode=root --format=directory --variant=apt --components=main \
	--architectures=$arch trixie "$root" "$mirror"
cp "$release/repo/praekelt-container-tools.gpg" "$root/usr/share/keyrings"
cp "$release/repo/praekelt-container-tools.sources" "$root/etc/apt/sources.list.d"
rm -f "$root/etc/apt/sources.list"
there() {
	inside chroot "$root" "$@"
}
check "it is of arm64" says arm64 there dpkg --print-architecture
check "apt install praekelt-container-tools" there sh -c 'apt-get update && apt-get install -y praekelt-container-tools'
check "the programs are of arm64" says AArch64 sh -c "readelf -h '$root/usr/bin/tini' | sed -n 's/ *Machine: *//p'"
check "they work" says nobody there tini -s -- gosu nobody id -un
check "purge" there sh -c "apt-get purge -y 'praekelt-*' && ! command -v tini"
