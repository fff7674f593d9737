#!/bin/sh
# Builds for any architecture, in roots made for that: build.sh SOURCE OUT ARCHITECTURE...
#
# In a root that has the cross compilers, it runs "make TARGET-ARCHITECTURE" on a copy of SOURCE for each word of TARGETS
# ("deb" if unset), and copies the contents of dist/ to OUT. The compiler and libc of the machine are not used, so the
# result depends on SOURCE and on the packages of the suites below. It must run as root, and needs mmdebstrap and dpkg-dev.
set -eu
[ $# -gt 2 ] || {
	echo "usage: $0 SOURCE OUT ARCHITECTURE..." >&2
	exit 1
}
[ "$(id -u)" -eq 0 ] || {
	echo "$0: only root can make a root to build in" >&2
	exit 1
}
source=$1 out=$2
shift 2
native=$(dpkg --print-architecture)
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# toolchain ARCHITECTURE...: the packages to install in the root.
toolchain() {
	printf build-essential,debhelper,libcmocka-dev,make,musl-dev,xz-utils
	for arch; do
		[ "$arch" != "$native" ] || continue
		triplet=$(dpkg-architecture -a "$arch" -q DEB_HOST_GNU_TYPE 2>/dev/null)
		printf ',gcc-%s,linux-libc-dev-%s-cross,musl-dev:%s' "$(echo "$triplet" | tr _ -)" "$arch" "$arch"
	done
}

# build_in "SUITE..." ARCHITECTURE...: builds in the first suite for which the mirror has all packages. Compiler, linker and
# libc are of one suite: a program of i386 with rcrt1.o of one release crashes if it was linked by the linker of another.
build_in() {
	suites=$1
	shift
	[ $# -gt 0 ] || return 0
	name=$(echo "$*" | tr ' ' '-')
	for suite in $suites; do
		tar=$(test/root.sh "$suite" "$name" --include="$(toolchain "$@")" \
			--architectures="$(echo "$native $*" | tr ' ' '\n' | awk '!seen[$0]++' | paste -s -d,)" 2>"$work/log") && break
		echo "$0: no build root of $suite for $*" >&2
		tar=
	done
	[ -n "$tar" ] || {
		cat "$work/log" >&2
		exit 1
	}
	root=$work/root
	mkdir -p "$root" "$out"
	tar -xf "$tar" -C "$root"
	mkdir "$root/source"
	tar -c -C "$source" --exclude=./build --exclude=./dist --exclude=./.git . | tar -x -C "$root/source"
	for arch; do
		for target in ${TARGETS:-deb}; do
			echo "$0: $target-$arch in $suite"
			unshare --mount --pid --fork --kill-child sh -c 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"' "$root" \
				env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 TZ=UTC \
				make -C /source "$target-$arch" >"$work/log" 2>&1 || {
				cat "$work/log" >&2
				exit 1
			}
		done
	done
	cp "$root"/source/dist/* "$out"
	rm -rf --one-file-system "$root"
}

# bookworm has every architecture but riscv64. forky is there for mirrors whose index of trixie is out of date.
old='' new=''
for arch; do
	case $arch in
	riscv64) new="$new $arch" ;;
	*) old="$old $arch" ;;
	esac
done
# shellcheck disable=SC2086 # lists of words
{
	build_in bookworm $old
	build_in 'trixie forky' $new
}
