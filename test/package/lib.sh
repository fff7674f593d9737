# shellcheck shell=sh
# For the scripts of this folder: fresh Debian roots to install in. Sourced; root only.
. test/tap.sh

if [ "$(id -u)" -ne 0 ]; then
	echo "ok 1 # SKIP needs root"
	exit 0
fi

# fresh_root SUITE: makes $root a minimal root of that release.
fresh_root() {
	root=$work/root
	rm -rf --one-file-system "$root"
	mkdir "$root"
	tar=$(test/root.sh "$1") || give_up "a root of $1"
	tar -xf "$tar" -C "$root"
}

# in_root COMMAND...: runs it in $root, in new mount and PID namespaces, so that no process or mount is left behind.
in_root() {
	unshare --mount --pid --fork --kill-child \
		sh -c 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"' "$root" "$@"
}

# copy_tree DIR: copies the sources, without build and dist.
copy_tree() {
	mkdir -p "$1"
	tar -c --exclude=./build --exclude=./dist --exclude=./.git . | tar -x -C "$1"
}
