# shellcheck shell=sh
# Runs the black-box tests on the release's programs of $arch, and the unit tests built for $arch. Sourced; root only.
#
# The black-box tests, and the commands that the programs start, are of this machine's architecture; the kernel runs the files
# of $arch with qemu-user. On amd64 it runs i386 itself, and the tests are of i386 too, because they use system call numbers.
# shellcheck disable=SC2154 # variables of the scripts that are sourced before
. test/package/lib.sh
. test/release/lib.sh

# The cases that cannot pass under qemu, each with its reason. All others must pass.
cannot='
live_attack test_idle_without_a_timeout: qemu has signal handlers of its own
live_attack test_child_dies_in_exec: qemu needs more memory than the program
live_attack test_limits_and_places: qemu needs more descriptors than three
live_race test_as_any_process: the system calls at which it stops the program are those of qemu
live_race test_as_pid_1: the same
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
live_spawn test_shared_memory_is_refused: the same
live_setuid_check test_every_kind: /proc/self/exe is qemu, which has no set-user-id bit
live_setuid_check test_behind_a_script: the same
live_setuid_check test_by_descriptor: the kernel starts no interpreter for a descriptor that is closed by then
live_files test_no_descriptor_left: qemu needs a descriptor
live_inherit test_signals: as test_mask_and_dispositions
live_inherit test_environment: qemu drops what has no "=" in it
'
qemu=yes
triplet=$(dpkg-architecture -a "$arch" -q DEB_HOST_GNU_TYPE 2>/dev/null)
multiarch=$(dpkg-architecture -a "$arch" -q DEB_HOST_MULTIARCH 2>/dev/null)
native=$(dpkg --print-architecture)
case $native:$arch in
amd64:i386) qemu='' cannot='' ;;
esac

# Copies the programs to one folder that every user can enter.
chmod 711 "$work"
mkdir "$work/bin" "$work/deb"
for deb in "$release"/praekelt-*_"$arch".deb; do dpkg-deb -x "$deb" "$work/deb"; done
cp -a "$work"/deb/usr/*bin/* "$work/bin"
ln -s praekelt-init "$work/bin/docker-init"
export BIN="$work/bin" CMOCKA_MESSAGE_OUTPUT=TAP

# The unit tests use the libc of a root by its path: in a chroot those that create namespaces would be skipped.
tar=$(test/root.sh bookworm "unit-$arch" --architectures="$native,$arch" \
	--include="build-essential,crossbuild-essential-$arch,libcmocka-dev:$arch,musl-dev:$arch") || give_up "cross compilers"
root=$work/root
mkdir -m 711 "$root"
tar -xf "$tar" -C "$root"
copy_tree "$root/source"
loader=$(in_root sh -c "echo 'int main(void) { return 0; }' | $triplet-gcc -x c - -o /x && $triplet-readelf -lW /x" |
	sed -n 's/.*program interpreter: \(.*\)\]/\1/p')
# build_there TARGET MAKE-ARGUMENT...: builds it for $arch in the root.
build_there() {
	in_root make -C /source CC="$triplet-gcc" B=build/other \
		LDFLAGS="-Wl,--dynamic-linker=$root$loader,-rpath=$root/lib/$multiarch:$root/usr/lib/$multiarch" "$@"
}
check "the unit tests are built" build_there check-unit-build

inside() {
	"$@"
}
if [ -n "$qemu" ]; then
	. test/release/qemu.sh
	# All real-time signals keep their numbers, except two that qemu uses.
	export QEMU_RTSIG_MAP='36 36 29'
	live=$PWD/build/$(cc -dumpmachine)/host
	check "the black-box tests are built" make check-live-build
else
	live=$root/source/build/other/host
	check "the black-box tests are built" build_there check-live-build CPPFLAGS=-D_FILE_OFFSET_BITS=64
	export PROBE="$live/probe"
fi

# other COMMAND...: runs it inside, as the child of a shell that is PID 1 and reaps orphans.
other() {
	inside unshare --mount --pid --fork --kill-child --mount-proc sh -c '"$@"; exit $?' sh "$@"
}
cases() { # SOURCE
	sed -n 's/.*cmocka_unit_test[a-z_]*(\(test_[a-z0-9_]*\).*/\1/p' "$1"
}
one_case() { # FILE CASE
	TEST_FILTER=$2 other "$1" >"$work/case" 2>&1
	status=$?
	cat "$work/case"
	[ $status -eq 0 ] && grep -q "^ok 1 - $2$" "$work/case"
}
whole() { # FILE: nothing fails and nothing is skipped
	other "$1" >"$work/case" 2>&1
	status=$?
	cat "$work/case"
	[ $status -eq 0 ] && grep -q '^ok' "$work/case" && ! grep -q '# SKIP' "$work/case"
}

for file in "$root"/source/build/other/host/test/*/unit_*[!.]?; do
	check "${file#"$root"/source/build/other/host/test/}" whole "$file"
done
left_out=0
for source in test/init/live_*.c test/suexec/live_*.c test/aptwrap/live_*.c; do
	file=$live/${source%.c} listed=$(basename "$source" .c)
	for case in $(cases "$source"); do
		if echo "$cannot" | grep -q "^$listed $case: "; then
			left_out=$((left_out + 1))
		else
			check "${source%.c} $case" one_case "$file" "$case"
		fi
	done
done
check "what is left out is there" test $left_out -eq "$(echo "$cannot" | grep -c .)"
# Parts of the cases that are left out, which pass.
check "no such command" ends 127 other "$BIN/tini" -s /nonexistent
check "no command" ends 126 other "$BIN/dinit" /etc/passwd
