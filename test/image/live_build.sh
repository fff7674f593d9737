#!/bin/sh
# make image with a base that cannot be one: a clear error, and no tagged image. Runs under engine.sh.
set -u

work=$(mktemp -d) || exit 1
n=0
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP

refused() { # NAME FROM_IMAGE WORDS
	n=$((n + 1))
	tag=praekelt-test/refused-$n
	if make image FROM_IMAGE="$2" NAME=$tag PREREQUISITES= >"$work/out" 2>&1 ||
		! grep -q "$3" "$work/out" || docker image inspect $tag >/dev/null 2>&1; then
		sed 's/^/# /' "$work/out"
		echo "not ok $n - $1"
	else
		echo "ok $n - $1"
	fi
}

mkdir "$work/bin"
cp /bin/busybox "$work/bin/sh"
tar -C "$work" -c bin | docker import - praekelt-test/no-apt >/dev/null || exit 1
refused "a base without apt" praekelt-test/no-apt "FROM_IMAGE has no apt"
refused "a base that does not exist" praekelt-test/does-not-exist "praekelt-test/does-not-exist"
docker image rm praekelt-test/no-apt >/dev/null
