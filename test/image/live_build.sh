#!/bin/sh
# make image with unsuitable bases, or with one in which a program does not work: a clear error, and no tagged image.
# With unusual bases that are suitable, and make images. Runs under engine.sh.
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

# A Debian without Python, and images derived from it: derive NAME INSTRUCTION...
debian=praekelt-test/debian
docker import - $debian <"$(test/root.sh "$suite")" >/dev/null || give_up "a Debian base"
derive() {
	derived=praekelt-test/$1
	shift
	printf '%s\n' "FROM $debian" "$@" | docker build -q --network none -t "$derived" - >/dev/null || give_up "$derived"
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
	check "a base where $name does not work" refused "$derived" "'$name .*' does not work on FROM_IMAGE"
done

# A table of two rows: a base that says its version as CPython does, and one that says it as PyPy does.
python_says() { # NAME LINE...
	name=$1
	shift
	derive "$name" "RUN printf '#!/bin/sh\necho $*\n' >/usr/local/bin/python && chmod 755 /usr/local/bin/python"
}
python_says says-cpython 3.99.4
cpython=$derived
printf '%s\n' '# a comment' "python-base $cpython VERSION-$suite VERSION 3.99 latest" >"$work/table"
check "make images" make images PREREQUISITES= IMAGES="$work/table" REGISTRIES="praekelt-test/one praekelt-test/two"
for registry in one two; do
	for tag in "3.99.4-$suite" 3.99.4 3.99 latest; do
		check "$registry/python-base:$tag" grep -q "$suite.wheelhouse" <<-CONF
			$(run "praekelt-test/$registry/python-base:$tag" cat /etc/pip.conf)
		CONF
		check "$registry/python-base-nw:$tag" says "$(printf '%s\n' '[global]' 'no-cache-dir = false')" \
			run "praekelt-test/$registry/python-base-nw:$tag" cat /etc/pip.conf
	done
done
import_base python
import_base pypy
version_tag() { # KIND PATTERN
	echo "$1-base local/$1:$suite VERSION" >"$work/table"
	test/image/tags.sh "$work/table" registry >"$work/said" && cat "$work/said" &&
		grep -x "local/$1:$suite with registry/$1-base:$2" "$work/said" &&
		grep -x "local/$1:$suite WHEELHOUSE_URL= registry/$1-base-nw:$2" "$work/said"
}
check "the full version of CPython" version_tag python '3\.[0-9]*\.[0-9]*'
check "the full version of PyPy" version_tag pypy '3\.[0-9]*-7\.[0-9]*\.[0-9]*'
published() { # NAME TAG BASE: a row has it
	awk -v name="$1" -v tag="$2" -v base="$3" '$1 == name && $2 == base { for (i = 3; i <= NF; i++) if ($i == tag) found = 1 }
		END { exit !found }' images.txt
}
once() {
	awk '/^[^#]/ { for (i = 3; i <= NF; i++) if ($i !~ /VERSION/ && seen[$1 ":" $i]++) { print $1 ":" $i; twice = 1 } }
		END { exit twice }' images.txt
}
check "python-base:3.13-trixie" published python-base 3.13-trixie python:3.13-slim-trixie
check "pypy-base:2" published pypy-base 2 pypy:2.7-slim-trixie
check "no tag stands for two images" once
check "the default base" grep -x 'ARG FROM_IMAGE=python:slim' build/Dockerfile
