#!/bin/sh
# The packages cross-built for arm64 in a fresh root, and the programs tried under qemu-user.
. test/package/lib.sh

fresh_root bookworm
copy_tree "$root/source"
check "the cross compiler" in_root sh -c 'dpkg --add-architecture arm64 && apt-get update && apt-get install -y \
	--no-install-recommends build-essential crossbuild-essential-arm64 debhelper make musl-dev:arm64 qemu-user-static'
check "make deb-arm64" in_root make -C /source deb-arm64
check "three packages of arm64" in_root sh -c 'cd /source/dist && test "$(ls ./*_arm64.deb | wc -l)" -eq 3 &&
	for deb in ./*_arm64.deb; do dpkg-deb -x "$deb" /arm64 || exit; done'
# Without binfmt_misc, qemu starts the first program; what that executes must be of this machine.
run() {
	in_root sh -c "cd /arm64/usr && qemu-aarch64-static -0 $*"
}
check "static, position-independent, no interpreter" in_root sh -c 'for file in /arm64/usr/*bin/praekelt-*; do
	aarch64-linux-gnu-readelf -hlW "$file" >/tmp/elf && grep -q AArch64 /tmp/elf && grep -q "DYN" /tmp/elf &&
	grep -q GNU_RELRO /tmp/elf && ! grep -q INTERP /tmp/elf || exit; done'
# qemu 7 knows no subreaper.
check "tini ends with its child's status" run 'tini bin/praekelt-init -- sh -c "exit 42"; test $? -eq 42'
check "dumb-init passes a signal on" run 'dumb-init bin/praekelt-init sh -c "kill -TERM \$PPID; sleep 20";
	test $? -eq 143'
check "gosu becomes nobody" run 'gosu sbin/praekelt-suexec nobody sh -c "test \$(id -u):\$(id -G) = 65534:65534"'
check "su-exec refuses 2^32" run 'su-exec sbin/praekelt-suexec 4294967296 true; test $? -eq 1'
check "apt-get-install says its version" run 'apt-get-install bin/praekelt-aptwrap --version'
