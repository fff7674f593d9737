# shellcheck shell=sh
# inside COMMAND...: runs it in a user namespace in which the kernel runs programs of $arch with qemu-user. Sourced after
# lib.sh.
#
# qemu is registered in that namespace only, which Linux 6.7 supports; all ids are mapped to themselves. qemu is that of
# trixie, because bookworm's does not implement PR_SET_CHILD_SUBREAPER.
# shellcheck disable=SC2154 # variables of the scripts that are sourced before

qemu=qemu-$(elf_of "$arch" | cut -d' ' -f1)
tar=$(test/root.sh trixie qemu --include=qemu-user) || give_up "a root with $qemu"
tar -xf "$tar" -C "$work" "./usr/bin/$qemu" || give_up "$qemu"
unshare --user --mount sleep infinity &
holder=$!
started="$started $holder"
separate() {
	[ "$(readlink "/proc/$holder/ns/mnt")" != "$(readlink /proc/self/ns/mnt)" ]
}
wait_for 10 separate || give_up "a user namespace"
echo "0 0 4294967295" >"/proc/$holder/uid_map"
echo "0 0 4294967295" >"/proc/$holder/gid_map"
inside() {
	nsenter --target "$holder" --user --mount --wd "$@"
}
mkdir "$work/binfmt"
if ! inside mount -t binfmt_misc binfmt_misc "$work/binfmt"; then
	echo "ok $((tests + 1)) # SKIP no binfmt_misc in a user namespace: Linux 6.7 has it"
	exit 0
fi
# The ELF header of such a program: class, byte order, type and machine. The flags: the kernel keeps qemu open (F), passes
# argv[0] to it (P), and uses the set-user-id bits of the program (C).
case $arch in
arm64) ident='\x02\x01' kind='\x02\x00\xb7\x00' mask='\xfe\xff\xff\xff' ;;
armhf) ident='\x01\x01' kind='\x02\x00\x28\x00' mask='\xfe\xff\xff\xff' ;;
s390x) ident='\x02\x02' kind='\x00\x02\x00\x16' mask='\xff\xfe\xff\xff' ;;
*) give_up "a magic number of $arch" ;;
esac
zeros=$(printf '\\x00%.0s' 1 2 3 4 5 6 7 8 9) ones=$(printf '\\xff%.0s' 1 2 3 4 5 6 7)
inside sh -c 'printf "%s" "$1" >"$2/register"' sh \
	":$arch:M::\\x7fELF$ident\\x01$zeros$kind:$ones\\x00$ones\\xff$mask:$work/usr/bin/$qemu:FPC" "$work/binfmt" ||
	give_up "registering qemu"
