# shellcheck shell=sh
# For the scripts of this folder: bases and containers. Sourced after tap.sh; runs under engine.sh.
# shellcheck disable=SC2154 # work is set by tap.sh

suite=$(. /etc/os-release && echo "$VERSION_CODENAME")

# For podman and buildah: limits that can be set without CAP_SYS_RESOURCE, and no warning about cgroups.
printf '%s\n' '[containers]' 'default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]' >"$work/containers.conf"
export CONTAINERS_CONF="$work/containers.conf" PODMAN_IGNORE_CGROUPSV1_WARNING=1

# import_base python|pypy: makes local/KIND:$suite, a base from Debian's packages.
import_base() {
	! docker image inspect "local/$1:$suite" >/dev/null 2>&1 || return 0
	path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
	[ "$1" = python ] || path=/opt/pypy/bin:$path
	tar=$(test/image/base.sh "$suite" "$1") || give_up "a base for $1"
	docker import --change "ENV PATH=$path" "$tar" "local/$1:$suite" >/dev/null
}

# quietly WHAT COMMAND...: if the command fails, its output is shown and the test gives up.
quietly() {
	what=$1
	shift
	"$@" >"$work/quiet" 2>&1 || {
		sed 's/^/# /' "$work/quiet"
		give_up "$what"
	}
}
# base_image python|pypy: builds praekelt-test/KIND-base, a base image on local/KIND:$suite.
base_image() {
	import_base "$1"
	quietly "the base image" make image FROM_IMAGE="local/$1:$suite" NAME="praekelt-test/$1-base" PREREQUISITES=
}

# run OPTIONS IMAGE COMMAND...: runs a container on the machine's network.
run() {
	docker run --rm --network host "$@"
}
