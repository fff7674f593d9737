#!/bin/sh
# Packages of Debian, from the mirror that this machine uses.
# shellcheck source=test/aptwrap/lib.sh
. "$(dirname "$0")/lib.sh"
in_namespaces "$@"

# debian_root: a root with Debian as its package source. Maintainer scripts may create the files in $allowed.
debian_root() {
	fresh_root
	use_mirror
}
allowed="$allowed
var/cache/debconf/(config|templates|passwords).dat
var/lib/(dpkg/diversions|python(/.*)?)
usr(/local)?/(lib|share)/python3.*
etc/(timezone|localtime)"

curl() {
	debian_root
	status 0 apt-get-install curl && said 'installed [0-9]* packages, [0-9.]* MB on disk, [0-9.]* MB fetched' && installed curl &&
		status 0 curl --version && sound
}
aside "curl: the layer has only the files of packages" curl
# The maintainer scripts compile bytecode, so that Python does not do it at every start of an ordinary user.
python() {
	debian_root
	status 0 apt-get-install -q python3-minimal tzdata && sound && files "$root" >"$own/$1" &&
		status 0 setpriv --reuid 65534 --clear-groups python3 -c 'import ast, os; os.stat(ast.__cached__)'
}
python_twice() {
	SOURCE_DATE_EPOCH=1700000000 && export SOURCE_DATE_EPOCH
	python one && sleep 1.1 && python two && grep -q '/ast.*\.pyc' "$own/one" && diff "$own/one" "$own/two"
}
aside "python3-minimal and tzdata: two builds are the same, including bytecode" python_twice

# By default --runtime-deps reads the package directories of "python", which may be that of a virtual environment.
virtual_environment() {
	debian_root
	status 0 apt-get-install -q python3-minimal libpython3-stdlib || return
	version=$(in_root python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
	use_suite stable
	rm "$root/etc/apt/apt.conf.d/98mirror"
	linked /usr/lib/python3/dist-packages/thing.so libthing.so.1 && linked "/venv/lib/python$version/site-packages/junk.so" libjunk.so.2 &&
		mkdir -p "$root/venv/bin" && ln -s /usr/bin/python3 "$root/venv/bin/python" || return
	printf '%s\n' 'home = /usr/bin' 'include-system-site-packages = false' >"$root/venv/pyvenv.cfg"
	before
	status 0 env PATH="/venv/bin:$inner_path" apt-get-install --runtime-deps && installed libjunk2 && not_installed libthing1 &&
		status 0 apt-get-install --runtime-deps && installed libthing1 && sound
}
aside "--runtime-deps: the package directories of the python in PATH" virtual_environment
end_asides
