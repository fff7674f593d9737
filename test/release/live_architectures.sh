#!/bin/sh
# Each program of each architecture is a file of the right kind, and starts under its own name and under another one, on
# this machine or under qemu-user.
. test/package/lib.sh
. test/release/lib.sh

# It is static and position-independent, has RELRO, no interpreter and no executable stack, and is for the right machine.
hardened() { # FILE CLASS BYTE-ORDER MACHINE
	readelf -hlW "$1" >"$work/elf"
	cat "$work/elf"
	grep -q "Class: *$2$" "$work/elf" && grep -q "Data: .* $3 endian" "$work/elf" &&
		grep -q "Machine: .*$4" "$work/elf" && grep -q "Type: *DYN" "$work/elf" &&
		grep -q GNU_RELRO "$work/elf" && grep -q 'GNU_STACK.* RW ' "$work/elf" && ! grep -q INTERP "$work/elf"
}
flags() { # FILE TEXT: in the header, such as the calling convention of arm
	readelf -hW "$1" | grep -q "Flags:.*$2"
}
version_of() { # NAME: as its --version has it
	case $1 in
	tini) echo 'tini version 0.19.0' ;;
	catatonit) echo 'tini version 0.2.1_catatonit' ;;
	dumb-init) echo 'dumb-init v1.2.5' ;;
	su-exec) echo 'Usage: su-exec user-spec command [args]' ;; # it has no options
	gosu) echo "$version (praekelt-suexec)" ;;
	praekelt-suexec) echo "praekelt-suexec $version" ;;
	dinit | praekelt-init) echo "praekelt-init $version" ;;
	*) echo "praekelt-aptwrap $version" ;;
	esac
}
run() { # ARCHITECTURE FILE ARGUMENT...
	if [ "$1" = "$(dpkg --print-architecture)" ]; then
		shift
		"$@"
	else
		qemu=qemu-$(elf_of "$1" | cut -d' ' -f1)
		shift
		"$qemu" "$@"
	fi
}
same_as_in_packages() { # ARCHITECTURE
	rm -rf "$work/deb" "$work/tar"
	mkdir "$work/deb" "$work/tar"
	tar -xf "$release/praekelt-container-tools-$version-$1-static.tar.xz" -C "$work/tar" &&
		for deb in "$release"/praekelt-*_"$1".deb; do dpkg-deb -x "$deb" "$work/deb" || return; done &&
		diff -r --no-dereference "$work/deb" "$work/tar" &&
		cmp "$release/praekelt-init-$1" "$work/deb/usr/bin/praekelt-init" &&
		cmp "$release/praekelt-suexec-$1" "$work/deb/usr/sbin/praekelt-suexec" &&
		cmp "$release/praekelt-aptwrap-$1" "$work/deb/usr/bin/praekelt-aptwrap"
}

for arch in $architectures; do
	elf=$(elf_of "$arch")
	for program in init suexec aptwrap; do
		# shellcheck disable=SC2086 # words
		check "$arch: praekelt-$program is one hardened static file" \
			hardened "$release/praekelt-$program-$arch" ${elf#* }
	done
	check "$arch: the tarball and the binaries are the packages' files" same_as_in_packages "$arch"
	for name in $names; do
		said=$(version_of "$name")
		check "$arch: $name" says "$said" run "$arch" "$release/$name-$arch" --version
		case $name in praekelt-*) continue ;; esac
		cp "$release/$name-$arch" "$work/init"
		check "$arch: $name under another name" says "$said" run "$arch" "$work/init" --version
	done
done
check "armhf has the hard-float calling convention" flags "$release/gosu-armhf" hard-float
check "armel has the soft-float one" flags "$release/gosu-armel" soft-float
tini() {
	"$release/tini-$(dpkg --print-architecture)" "$@"
}
check "a bare tini runs a command" ends 42 tini -s -- sh -c 'exit 42'
check "a bare gosu becomes a user" says nobody "$release/gosu-$(dpkg --print-architecture)" nobody id -un
