#!/bin/sh
# praekelt-init as the init of an engine: dockerd --init-path with docker run --init, and podman's --init-path.
# It starts engines of its own, even if one is running.
. test/tap.sh

if [ -z "${INIT_PATH_ENGINE:-}" ]; then
	init=$PWD/build/bin/docker-init
	INIT_PATH_ENGINE=1 ENGINE_OPTIONS="--init-path $init" exec test/image/engine.sh "$0"
fi
. test/image/lib.sh
init=$PWD/build/bin/docker-init
# Prints the command line from /proc, with spaces.
spaced() {
	"$@" | tr '\0' ' ' | sed 's/ $//'
}

# An image of busybox alone, with the names that are used below.
mkdir -p "$work/root/bin" "$work/root/proc"
cp /bin/busybox "$work/root/bin"
for name in sh cat sleep kill true ps; do ln -s busybox "$work/root/bin/$name"; done
tar -C "$work/root" -c . | docker import - local/busybox >/dev/null || exit 1

# docker info prints the word after "git." of the version line, docker version the number before it.
version=$("$init" --version | sed -n 's/^tini version \([^ ]*\).*/\1/p')
commit=$("$init" --version | sed -n 's/.* - git\.//p')
check "docker info shows whose init it is" says "${commit:-nothing}" docker info -f '{{.InitCommit.ID}}'
check "docker version shows the version" sh -c "docker version | grep -A 1 docker-init: | grep -q '$version'"
check "no warning about the init" sh -c "! docker info 2>&1 | grep -i 'warning.*init'"
run() {
	docker run --rm --network none --init "$@"
}
check "docker run --init: PID 1 is ours" says "/sbin/docker-init -- cat /proc/1/cmdline" \
	spaced run local/busybox cat /proc/1/cmdline
check "docker run --init: the status" ends 42 run local/busybox sh -c 'exit 42'
check "docker run --init: no such command" ends 127 run local/busybox /no/such/command
check "docker run --init: a signal" ends 143 run local/busybox sh -c 'kill -TERM 1; sleep 20'
for options in "--read-only" "--cap-drop ALL" "--user 1234" "--pids-limit 8" "--memory 16m" \
	"--security-opt no-new-privileges" "--pid host" "--tmpfs /tmp"; do
	# shellcheck disable=SC2086 # a list of words
	check "docker run --init $options" ends 7 run $options local/busybox sh -c 'sleep 0 & exit 7'
done

podman() {
	command podman --root "$work/podman" --runroot "$work/run" --runtime runc --cgroup-manager cgroupfs \
		--storage-driver vfs --tmpdir "$work/tmp" "$@"
}
tar -C "$work/root" -c . | podman import - local/busybox >"$work/import" 2>&1 || sed 's/^/# /' "$work/import"
podman_run() {
	podman run --rm --network none --init --init-path "$init" local/busybox "$@"
}
check "podman run --init --init-path: PID 1" says "/run/podman-init -- cat /proc/1/cmdline" \
	spaced podman_run cat /proc/1/cmdline
check "podman run --init --init-path: the status" ends 42 podman_run sh -c 'exit 42'
check "podman run --init --init-path: a signal" ends 143 podman_run sh -c 'kill -TERM 1; sleep 20'

# podman looks for its init in /usr/libexec/podman. In a mount namespace ours is there, where the package installs it.
mkdir "$work/libexec"
cp -a /usr/libexec/podman/. "$work/libexec"
ln -sf "$PWD/build/bin/praekelt-init" "$work/libexec/catatonit"
podman_untold() {
	# shellcheck disable=SC2016 # for the inner shell
	unshare --mount --propagation private sh -c 'mount --bind "$1" /usr/libexec/podman && shift && exec "$@"' sh \
		"$work/libexec" podman --root "$work/podman" --runroot "$work/run" --runtime runc --cgroup-manager cgroupfs \
		--storage-driver vfs --tmpdir "$work/tmp" run --rm --network none --init local/busybox "$@"
}
check "podman run --init: PID 1" says "/run/podman-init -- cat /proc/1/cmdline" spaced podman_untold cat /proc/1/cmdline
check "podman run --init: PID 1 is ours" says "tini version 0.2.1_catatonit" podman_untold /run/podman-init --version
check "podman run --init: the status" ends 42 podman_untold sh -c 'exit 42'
check "podman run --init: a signal" ends 143 podman_untold sh -c 'kill -TERM 1; sleep 20'
