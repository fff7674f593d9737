#!/bin/sh
# make image with a base that cannot be one, or in which a program would not work: a clear error, and no tagged image.
# With odd bases that are ones, and make images. Runs under engine.sh.
. test/tap.sh
. test/image/lib.sh

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

# A Debian without any Python; and what is made from it: derive NAME INSTRUCTION...
debian=praekelt-test/debian
docker import - $debian <"$(test/root.sh "$suite")" >/dev/null || give_up "a Debian base"
derive() {
	derived=praekelt-test/$1
	shift
	printf '%s\n' "FROM $debian" "$@" | docker build -q -t "$derived" - >/dev/null || give_up "$derived"
}
built() { # FROM_IMAGE
	make image FROM_IMAGE="$1" NAME=praekelt-test/built PREREQUISITES=
}
python_is() { # PATH
	says "$1" run praekelt-test/built readlink /usr/local/bin/python
}
check "Debian without Python" built $debian
check "has none then either" fails run praekelt-test/built sh -c 'command -v python'
check "and its programs work" says nobody run praekelt-test/built gosu nobody id -un
derive pythons 'RUN cd /usr/local/bin && ln -s /bin/true python2 && ln -s /bin/true python3'
check "Debian with python2 and python3" built "$derived"
check "python is python3" python_is /usr/local/bin/python3
derive python2 'RUN ln -s /bin/true /usr/local/bin/python2'
check "Debian with python2" built "$derived"
check "python is python2" python_is /usr/local/bin/python2
derive pypy 'RUN cd /usr/local/bin && ln -s /bin/true pypy && ln -s /bin/true python3'
check "Debian with pypy and python3" built "$derived"
check "python is pypy" python_is /usr/local/bin/pypy

for name in tini dinit dumb-init gosu apt-get-install; do
	derive broken "RUN mkdir /broken && ln -s /bin/false /broken/$name" \
		'ENV PATH=/broken:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
	check "a base where $name does not work" refused "$derived" "$name"
done

# A table of one row, under a name of its own.
tags="3.99-$suite 3.99 latest"
echo "python-base $debian $tags" >"$work/table"
check "make images" make images PREREQUISITES= IMAGES="$work/table" REGISTRY=praekelt-test/registry
for tag in $tags; do
	check "python-base:$tag" grep -q "$suite.wheelhouse" <<-CONF
		$(run "praekelt-test/registry/python-base:$tag" cat /etc/pip.conf)
	CONF
	check "python-base-nw:$tag" says "$(printf '%s\n' '[global]' 'no-cache-dir = false')" \
		run "praekelt-test/registry/python-base-nw:$tag" cat /etc/pip.conf
done
check "the default base" grep -x 'ARG FROM_IMAGE=python:slim' build/Dockerfile
