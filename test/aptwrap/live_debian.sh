#!/bin/sh
# Real packages of Debian, from the machine's own mirror.
# shellcheck source=test/aptwrap/lib.sh
. "$(dirname "$0")/lib.sh"
in_namespaces "$@"

# debian_root: a root that knows Debian. What scripts of real packages leave beside their files is theirs.
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
aside "curl: nothing but its files" curl
# Bytecode as the packages' scripts compile it, so that ordinary users need not do it at every start.
python() {
	debian_root
	status 0 apt-get-install -q python3-minimal tzdata && sound && files "$root" >"$own/$1" &&
		status 0 setpriv --reuid 65534 --clear-groups python3 -c 'import ast, os; os.stat(ast.__cached__)'
}
python_twice() {
	SOURCE_DATE_EPOCH=1700000000 && export SOURCE_DATE_EPOCH
	python one && sleep 1.1 && python two && grep -q '/ast.*\.pyc' "$own/one" && diff "$own/one" "$own/two"
}
aside "python3-minimal and tzdata: two builds are the same, with bytecode" python_twice

# By default --runtime-deps looks at all directories of packages of "python", in a virtual environment at its own.
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
aside "--runtime-deps: the directories of the python that is meant" virtual_environment
end_asides
