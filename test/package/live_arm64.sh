#!/bin/sh
# The packages cross-built for arm64, and this machine's black-box and unit tests on the programs of those packages.
#
# The tests, and whatever the programs start, are this machine's; the kernel hands arm64 files to qemu-user. That is
# registered in a user namespace of this test's own (Linux 6.7 can), in which every user is who it is outside. The
# qemu of bookworm knows no subreaper, so the root is of trixie.
. test/package/lib.sh

# What does not hold under qemu, each case with its reason. Everything else must.
cannot='
live_attack test_idle_without_a_timeout: qemu has signal handlers of its own
live_attack test_child_dies_in_exec: qemu needs more memory than the program
live_attack test_limits_and_places: qemu needs more descriptors than three
live_race test_as_pid_1: a signal to process 1 is lost while that is still qemu, before it has read the program
live_reap test_pause: the program has 20 ms from its start, which qemu may need for itself
live_signals test_each_kind: qemu keeps SIGABRT for itself
live_signals test_each_kind_as_pid_1: the same
live_signals test_volley: the same
live_spawn test_mask_and_dispositions: qemu keeps the first and the last real-time signals for itself
live_spawn test_exec_failures: qemu makes vfork a fork, so that the reason does not come back in shared memory
live_spawn test_name_too_long: the same
live_spawn test_no_process_for_the_user: qemu needs a thread
live_spawn test_no_process_in_the_cgroup: no cgroup is made in a user namespace
live_spawn test_waiting_is_refused: the filter hits the system calls of qemu itself
live_elevated test_by_descriptor: the kernel starts no interpreter for a descriptor that is closed by then
live_files test_no_descriptor_left: qemu needs a descriptor
live_inherit test_signals: as test_mask_and_dispositions
live_inherit test_environment: qemu drops what has no "=" in it
'

fresh_root trixie
copy_tree "$root/source"
check "the cross compiler" in_root sh -c 'dpkg --add-architecture arm64 && apt-get update && apt-get install -y \
	--no-install-recommends build-essential crossbuild-essential-arm64 debhelper make musl-dev:arm64 \
	libcmocka-dev:arm64 qemu-user'
check "make deb-arm64" in_root make -C /source deb-arm64
check "three packages of arm64" in_root sh -c 'cd /source/dist && test "$(ls ./*_arm64.deb | wc -l)" -eq 3 &&
	for deb in ./*_arm64.deb; do dpkg-deb -x "$deb" /arm64 || exit; done'
[ -d "$root/arm64" ] || give_up "programs of arm64"
check "static, position-independent, no interpreter" in_root sh -c 'for file in /arm64/usr/*bin/praekelt-*; do
	aarch64-linux-gnu-readelf -hlW "$file" >/tmp/elf && grep -q AArch64 /tmp/elf && grep -q "DYN" /tmp/elf &&
	grep -q GNU_RELRO /tmp/elf && ! grep -q INTERP /tmp/elf || exit; done'
check "the unit tests" in_root make -C /source -j2 CC=aarch64-linux-gnu-gcc B=build/arm64 check-unit-build
check "the black-box tests" make check-live-build

# The programs in one folder, where every user can reach them.
chmod 711 "$work"
mkdir "$work/bin" "$work/binfmt"
cp -a "$root"/arm64/usr/*bin/* "$work/bin"
ln -s praekelt-init "$work/bin/docker-init"
export BIN="$work/bin" PROBE="$PWD/build/host/probe" CMOCKA_MESSAGE_OUTPUT=TAP
# Real-time signals keep their numbers, but for two that qemu needs.
export QEMU_RTSIG_MAP='36 36 29'

unshare --user --mount sleep infinity &
holder=$!
finish() {
	kill $holder
}
separate() {
	[ "$(readlink /proc/$holder/ns/mnt)" != "$(readlink /proc/self/ns/mnt)" ]
}
wait_for 10 separate || give_up "a user namespace"
echo "0 0 4294967295" >/proc/$holder/uid_map
echo "0 0 4294967295" >/proc/$holder/gid_map
inside() {
	nsenter --target $holder --user --mount --wd "$@"
}
if ! inside mount -t binfmt_misc binfmt_misc "$work/binfmt"; then
	echo "ok $((tests + 1)) # SKIP no binfmt_misc in a user namespace: Linux 6.7 has it"
	exit 0
fi
# The header of an arm64 program, and qemu held open (F), told argv[0] (P), with the program's set-user-id bits (C).
inside sh -c 'printf "%s" "$1" >"$2/register"' sh ":arm64:M::\\x7fELF\\x02\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\xb7\\x00:\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x00\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfe\\xff\\xff\\xff:$root/usr/bin/qemu-aarch64:FPC" \
	"$work/binfmt" || give_up "registering qemu"

# arm64 COMMAND...: there, below a shell that is process 1 and reaps.
arm64() {
	inside unshare --mount --pid --fork --kill-child --mount-proc sh -c '"$@"; exit $?' sh "$@"
}
cases() { # SOURCE
	sed -n 's/.*cmocka_unit_test[a-z_]*(\(test_[a-z0-9_]*\).*/\1/p' "$1"
}
one_case() { # FILE CASE
	TEST_FILTER=$2 arm64 "$1" >"$work/case" 2>&1
	status=$?
	cat "$work/case"
	[ $status -eq 0 ] && grep -q "^ok 1 - $2$" "$work/case"
}

for file in "$root"/source/build/arm64/host/test/*/unit_*[!.]?; do
	file=${file#"$root"}
	check "${file#/source/build/arm64/host/test/}" arm64 chroot "$root" sh -c "cd /source && $file"
done
left_out=0
for source in test/init/live_*.c test/suexec/live_*.c test/aptwrap/live_*.c; do
	file=build/host/${source%.c} listed=$(basename "$source" .c)
	for case in $(cases "$source"); do
		if echo "$cannot" | grep -q "^$listed $case: "; then
			left_out=$((left_out + 1))
		else
			check "${source%.c} $case" one_case "$file" "$case"
		fi
	done
done
check "what is left out is there" test $left_out -eq "$(echo "$cannot" | grep -c .)"
# Of what is left out, this much holds.
check "no such command" ends 127 arm64 "$BIN/tini" -s /nonexistent
check "no command" ends 126 arm64 "$BIN/dinit" /etc/passwd
