#!/bin/sh
# Makes the context of the image container-tools from packages: image.sh PACKAGES OUT
#
# OUT gets linux/PLATFORM.tar for each architecture of PACKAGES, with the programs under all their names, as hard links to
# one file each. make sets VERSION and SOURCE_DATE. The same packages give the same bytes.
set -eu
[ $# -eq 2 ] || {
	echo "usage: VERSION= SOURCE_DATE= $0 PACKAGES OUT" >&2
	exit 1
}
packages=$1 out=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

rm -rf "$out"
mkdir -p "$out/linux/arm"
cp release/Dockerfile "$out"
for first in "$packages"/praekelt-init_"$VERSION"_*.deb; do
	arch=${first##*_}
	arch=${arch%.deb}
	case $arch in
	armel) platform=arm/v5 ;;
	armhf) platform=arm/v7 ;;
	i386) platform=386 ;;
	ppc64el) platform=ppc64le ;;
	*) platform=$arch ;;
	esac
	rm -rf "$work/deb" "$work/image"
	mkdir -p "$work/image/usr/local/bin"
	for deb in "$packages"/praekelt-*_"${VERSION}_$arch".deb; do dpkg-deb -x "$deb" "$work/deb"; done
	# COPY of a hard link copies the file; of a symbolic link it would copy the link.
	for name in "$work"/deb/usr/bin/* "$work"/deb/usr/sbin/*; do
		ln "$(readlink -f "$name")" "$work/image/usr/local/bin/$(basename "$name")"
	done
	ln "$work"/image/usr/local/bin/* "$work/image"
	tar -c --sort=name --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX --mtime="@$SOURCE_DATE" \
		-f "$out/linux/$platform.tar" -C "$work/image" .
	[ "$arch" != "$(dpkg --print-architecture)" ] || cp "$out/linux/$platform.tar" "$out/native.tar"
done
