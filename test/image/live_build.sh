#!/bin/sh
# make image with a base that cannot be one: a clear error, and no tagged image. Runs under engine.sh.
. test/tap.sh

refused() { # FROM_IMAGE WORDS
	! make image FROM_IMAGE="$1" NAME=praekelt-test/refused PREREQUISITES= >"$work/made" 2>&1 || return 1
	cat "$work/made"
	grep -q "$2" "$work/made" && ! docker image inspect praekelt-test/refused >/dev/null 2>&1
}

mkdir "$work/bin"
cp /bin/busybox "$work/bin/sh"
tar -C "$work" -c bin | docker import - praekelt-test/no-apt >/dev/null || exit 1
check "a base without apt" refused praekelt-test/no-apt "FROM_IMAGE has no apt"
check "a base that does not exist" refused praekelt-test/does-not-exist "praekelt-test/does-not-exist"
docker image rm praekelt-test/no-apt >/dev/null
