#!/bin/sh
# What the base image promises, looked at in a real engine, on a CPython base and a PyPy base. Runs under engine.sh.
set -u

suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
work=$(mktemp -d) || exit 1
server=
finish() {
	[ -z "$server" ] || kill "$server"
	rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP
n=0

check() { # NAME COMMAND...
	name=$1
	shift
	n=$((n + 1))
	if "$@" >"$work/out" 2>&1; then
		echo "ok $n - $kind: $name"
	else
		sed 's/^/# /' "$work/out"
		echo "not ok $n - $kind: $name"
	fi
}
fails() {
	! "$@"
}
run() { # OPTIONS IMAGE COMMAND...
	docker run --rm --network host "$@"
}
says() { # EXPECTED OPTIONS IMAGE COMMAND...
	expected=$1
	shift
	run "$@" >"$work/said" 2>&1
	cat "$work/said"
	[ "$(cat "$work/said")" = "$expected" ]
}
has() { # EXPECTED FORMAT IMAGE
	said=$(docker image inspect -f "$2" "$3")
	echo "$said, not $1"
	[ "$said" = "$1" ]
}
build() { # NAME FROM MAKE-ARGUMENTS...
	name=$1 from=$2
	shift 2
	make image PREREQUISITES= NAME="$name" FROM_IMAGE="$from" "$@"
}
# The files in the layers that an image has beyond its base's, one a line.
added_files() { # IMAGE BASE
	mkdir "$work/saved" && docker save "$1" | tar -x -C "$work/saved" &&
		tar -xOf "$work/saved/manifest.json" 2>/dev/null
	docker image inspect -f '{{len .RootFS.Layers}}' "$2" >"$work/count"
	/usr/bin/python3 - "$work/saved" "$(cat "$work/count")" <<-'PY'
		import json, sys, tarfile
		where, base = sys.argv[1], int(sys.argv[2])
		for layer in json.load(open(where + "/manifest.json"))[0]["Layers"][base:]:
		    for member in tarfile.open(where + "/" + layer):
		        if not member.isdir():
		            print("/" + member.name)
	PY
	rm -rf "$work/saved"
}
no_residue() { # IMAGE BASE
	added_files "$1" "$2" >"$work/files"
	grep -q praekelt-init "$work/files" && ! grep -E '\.deb$|/var/lib/apt/lists/|/var/cache/|/var/log/|-old$|^/tmp/|/root/' \
		"$work/files"
}
adds_at_most() { # KB IMAGE BASE
	added=$((($(docker image inspect -f '{{.Size}}' "$2") - $(docker image inspect -f '{{.Size}}' "$3")) / 1000))
	echo "# added: $added kB" >&3
	[ $added -le "$1" ]
}
adds_layers_at_most() { # COUNT IMAGE BASE
	layers='{{len .RootFS.Layers}}'
	added=$(($(docker image inspect -f "$layers" "$2") - $(docker image inspect -f "$layers" "$3")))
	echo "# layers: $added" >&3
	[ $added -le "$1" ]
}
# A pip install from the index in pip.conf, and then no cache anywhere.
installs_from_index() { # IMAGE
	run "$1" sh -c 'pip install --break-system-packages praekelt-test-wheel 2>/dev/null || pip install praekelt-test-wheel
		python -c "import praekelt_test_wheel" && ! find / -xdev -path "*/.cache/*" -o -xdev -name "http*" -path "*pip*cache*" | grep .'
}
exec 3>&1

# An index with one wheel, made here, on a loopback port.
port=$((20000 + $$ % 20000))
index=$work/www/simple/praekelt-test-wheel
mkdir -p "$work/source" "$index"
cp test/image/wheel/* "$work/source"
/usr/bin/python3 -m pip wheel -q --no-index --no-deps --no-build-isolation -w "$index" "$work/source" || exit 1
wheel=$(basename "$index"/*.whl)
echo "<a href=\"$wheel\">$wheel</a>" >"$index/index.html"
/usr/bin/python3 -m http.server --bind 127.0.0.1 --directory "$work/www" $port >"$work/server" 2>&1 &
server=$!

for kind in python pypy; do
	base=local/$kind:$suite image=praekelt-test/$kind-base
	if ! docker image inspect "$base" >/dev/null 2>&1; then
		tar=$(test/image/base.sh "$suite" $kind) || exit 1
		path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
		[ $kind = python ] || path=/opt/pypy/bin:$path
		docker import --change "ENV PATH=$path" "$tar" "$base" >/dev/null || exit 1
	fi
	check "is built" build $image "$base"
	check "adds at most 300 kB" adds_at_most 300 $image "$base"
	check "adds at most 3 layers" adds_layers_at_most 3 $image "$base"
	check "no layer holds a package, an index, a log or a cache" no_residue $image "$base"
	check "its entrypoint" has '[tini --]' '{{.Config.Entrypoint}}' $image
	check "its command" has '[python]' '{{.Config.Cmd}}' $image
	version=$(sed -n '1s/.*(\(.*\)).*/\1/p' debian/changelog)
	for label in "title=praekelt-container-tools base image" "version=$version" "licenses=BSD-3-Clause" \
		"base.name=$base" "revision=$(git rev-parse HEAD)"; do
		check "label ${label%%=*}" has "${label#*=}" "{{index .Config.Labels \"org.opencontainers.image.${label%%=*}\"}}" $image
	done
	for path in /usr/local/sbin/tini /usr/local/sbin/dinit /usr/local/sbin/dumb-init /usr/local/sbin/su-exec \
		/usr/local/sbin/gosu /scripts/apt-get-install.sh /scripts/apt-get-purge.sh; do
		check "$path" run $image test -x $path
	done
	check "/scripts is on PATH" run $image sh -c 'case :$PATH: in *:/scripts:*) ;; *) exit 1 ;; esac'
	check "PID 1 is tini" says "tini" $image sh -c 'tr "\0" "\n" </proc/1/cmdline | head -n 1'
	check "python is there" run $image python -c 'import sys; sys.exit(sys.version_info < (3,))'
	if [ $kind = pypy ]; then
		check "python is PyPy" says PyPy $image python -c 'import platform; print(platform.python_implementation())'
	fi
	check "pip.conf names the release's index" says "$(printf '%s\n' '[global]' 'no-cache-dir = false' \
		"extra-index-url = https://$suite.wheelhouse.praekelt.org/simple")" $image cat /etc/pip.conf
	check "the wheel flavour with another index" build $image-own "$base" WHEELHOUSE_URL=http://127.0.0.1:$port/simple
	check "pip installs from that index and leaves no cache" installs_from_index $image-own
	check "the index was asked" grep -q "GET /simple/praekelt-test-wheel/$wheel" "$work/server"
	check "the flavour without an index" build $image-nw "$base" WHEELHOUSE_URL=
	check "has none" says "$(printf '%s\n' '[global]' 'no-cache-dir = false')" $image-nw cat /etc/pip.conf
done

kind=builders
for builder in 0 1; do
	printf 'FROM local/python:%s\n' "$suite" >"$work/Dockerfile"
	if DOCKER_BUILDKIT=$builder docker build -q - <"$work/Dockerfile" >/dev/null 2>&1; then
		check "DOCKER_BUILDKIT=$builder" env DOCKER_BUILDKIT=$builder \
			make image PREREQUISITES= NAME=praekelt-test/builder-$builder FROM_IMAGE="local/python:$suite" \
			WHEELHOUSE_URL=https://example.org/builder-$builder
	else
		echo "# this client has no builder for DOCKER_BUILDKIT=$builder"
	fi
done
