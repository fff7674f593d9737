#!/bin/sh
# Makes a base image's root from Debian's packages alone and prints the tarball's path: base.sh SUITE python|pypy
#
# For machines that reach no registry of images. debuerreotype, which also makes the official debian images,
# makes the root; Python is laid out as in the official python and pypy images. Root only. The tarball is kept in
# build/base by suite, kind and date.
set -eu

suite=${1-} kind=${2-}
case $suite:$kind in
?*:python) packages='ca-certificates python3 python3-pip' ;;
?*:pypy) packages='ca-certificates pypy3 python3-pip-whl' ;;
*)
	echo "usage: $0 SUITE python|pypy" >&2
	exit 1
	;;
esac
here=$(dirname "$0")
cache=build/base
tar=$cache/$suite-$kind-$(date -u +%Y%m%d).tar
[ ! -f "$tar" ] || {
	echo "$tar"
	exit 0
}

echo "$0: making a base of $suite with $kind (about two minutes)" >&2
mirror=$("$here"/../mirror.sh)
mkdir -p "$cache"
work=$(mktemp -d)
root=$work/root log=$work/log
finish() {
	status=$?
	[ $status -eq 0 ] || cat "$log" >&2
	# The tools mount in a mount namespace of their own; nothing of ours is mounted below.
	rm -rf --one-file-system "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

lay_out_python() {
	# The official images have their own python in /usr/local, which pip may write to.
	rm -f "$root"/usr/lib/python3.*/EXTERNALLY-MANAGED
	for name in python3 python; do ln -s /usr/bin/python3 "$root/usr/local/bin/$name"; done
	for name in pip3 pip; do ln -s /usr/bin/pip3 "$root/usr/local/bin/$name"; done
}

lay_out_pypy() {
	rm -f "$root"/usr/lib/pypy3*/EXTERNALLY-MANAGED "$root"/usr/lib/pypy3*/*/EXTERNALLY-MANAGED
	mkdir -p "$root/opt/pypy/bin"
	for name in pypy3 pypy; do ln -s /usr/bin/pypy3 "$root/opt/pypy/bin/$name"; done
	cat >"$root/opt/pypy/bin/pip" <<-'PIP'
		#!/bin/sh
		exec pypy3 "$(ls /usr/share/python-wheels/pip-*.whl)/pip" "$@"
	PIP
	chmod 755 "$root/opt/pypy/bin/pip"
	ln -s pip "$root/opt/pypy/bin/pip3"
}

{
	debuerreotype-init --non-debian "$root" "$suite" "$mirror"
	debuerreotype-minimizing-config "$root"
	debuerreotype-apt-get "$root" update -qq
	# shellcheck disable=SC2086 # a list of words
	debuerreotype-apt-get "$root" install -qq --no-install-recommends $packages
	lay_out_"$kind"
	debuerreotype-slimify "$root"
	rm -rf "$root"/var/lib/apt/lists/* "$root"/var/log/apt/* "$root"/var/log/dpkg.log
	debuerreotype-tar "$root" "$work/base.tar"
} >"$log" 2>&1
mv "$work/base.tar" "$tar"
echo "$tar"
