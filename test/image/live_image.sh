#!/bin/sh
# The base image in a real engine, on a CPython base and on a PyPy base. Runs under engine.sh.
. test/tap.sh
. test/image/lib.sh

has() { # EXPECTED FORMAT IMAGE
	said=$(docker image inspect -f "$2" "$3")
	echo "$said, not $1"
	[ "$said" = "$1" ]
}
build() { # NAME FROM MAKE-ARGUMENTS...
	tag=$1 from=$2
	shift 2
	make image PREREQUISITES= NAME="$tag" FROM_IMAGE="$from" "$@"
}
no_residue() { # IMAGE BASE
	test/image/added.sh "$1" "$2" >"$work/files"
	grep -q praekelt-init "$work/files" && ! grep -E '\.deb$|/var/lib/apt/lists/|/var/cache/|/var/log/|-old$| /tmp/|/root/' \
		"$work/files"
}
# Prints how much an image adds, and the largest files if that is more than usual. It is no failure, because dpkg's list of
# packages is among the files and its length depends on the base.
says_what_it_adds() { # IMAGE BASE
	added=$((($(docker image inspect -f '{{.Size}}' "$1") - $(docker image inspect -f '{{.Size}}' "$2")) / 1000))
	echo "# $1 adds $added kB"
	[ $added -le 300 ] || test/image/added.sh "$1" "$2" | sed -n '1,5s/^/# warning: more than 300 kB: /p'
}
layers() { # IMAGE
	docker image inspect -f '{{join .RootFS.Layers " "}}' "$1"
}
adds_layers() { # COUNT IMAGE BASE
	added=$(($(layers "$2" | wc -w) - $(layers "$3" | wc -w)))
	echo "$added layers"
	[ $added -eq "$1" ]
}
# Prints what the tests of the official python images check: modules, stack sizes, the time zone, passwords, bytecode.
conventions() { # IMAGE
	docker run --rm --network none --entrypoint sh "$1" -c '
		date +%Z
		cut -d: -f1,2 /etc/shadow
		find / -xdev -name "*.pyc" | sort | sha256sum
		${PYTHON:-$(command -v python || command -v pypy3)} - <<-PYTHON
			import importlib, sqlite3, sys, threading, time
			for name in "bz2 ctypes curses dbm decimal hashlib lzma readline sqlite3 ssl uuid xml.dom zlib".split():
			    try:
			        importlib.import_module(name)
			    except ImportError as error:
			        print(error)
			print(sqlite3.connect(":memory:").execute("select 6 * 7").fetchone())
			print(sys.version, sys.prefix, time.tzname, threading.stack_size())
			def deep(n):
			    return 0 if n == 0 else 1 + deep(n - 1)
			print(deep(sys.getrecursionlimit() // 2))
		PYTHON'
}
users_can_be_made() { # IMAGE
	run "$1" sh -ec 'addgroup --system app && adduser --system --ingroup app app && id app | grep -q "gid=.*(app)"'
}
# pip install from the index in pip.conf works and leaves no cache.
installs_from_index() { # IMAGE
	run "$1" sh -c 'pip install praekelt-test-wheel && python -c "import praekelt_test_wheel" &&
		! find / -xdev \( -path "*/.cache/*" -o -path "*pip*cache*/http*" \) | grep .'
}

# An index with one wheel, made here, on a loopback port.
port=$((20000 + $$ % 20000))
index=$work/www/simple/praekelt-test-wheel
mkdir -p "$work/source" "$index"
cp test/image/wheel/* "$work/source"
/usr/bin/python3 -m pip wheel -q --no-index --no-deps --no-build-isolation -w "$index" "$work/source" || exit 1
wheel=$(basename "$index"/*.whl)
echo "<a href=\"$wheel\">$wheel</a>" >"$index/index.html"
/usr/bin/python3 -m http.server --bind 127.0.0.1 --directory "$work/www" $port >"$work/server" 2>&1 &
server=$! registry=''
finish() {
	kill "$server" ${registry:+"$registry"}
}

for kind in python pypy; do
	base=local/$kind:$suite image=praekelt-test/$kind-base
	import_base $kind
	check "$kind: is built" build $image "$base" DOCKER_BUILD='docker build --no-cache --network host'
	says_what_it_adds $image "$base"
	check "$kind: adds one layer" adds_layers 1 $image "$base"
	check "$kind: is built again" build $image-again "$base" DOCKER_BUILD='docker build --no-cache --network host'
	check "$kind: with the same layers" says "$(layers $image)" layers $image-again
	check "$kind: has what the base has" says "$(conventions "$base")" conventions $image
	check "$kind: addgroup and adduser" users_can_be_made $image
	check "$kind: a command in place of the default one" says hello run $image echo hello
	check "$kind: no layer holds a package, an index, a log or a cache" no_residue $image "$base"
	check "$kind: its entrypoint" has '[tini --]' '{{.Config.Entrypoint}}' $image
	check "$kind: its command" has '[python]' '{{.Config.Cmd}}' $image
	version=$(sed -n '1s/.*(\(.*\)).*/\1/p' debian/changelog)
	for label in "title=praekelt-container-tools base image" "version=$version" "licenses=BSD-3-Clause" \
		"base.name=$base" "revision=$(git rev-parse HEAD)" "source=$(sed -n 's/^Homepage: //p' debian/control)" \
		"created=$(TZ=UTC git log -1 --date=format-local:%Y-%m-%dT%H:%M:%SZ --format=%cd)"; do
		check "$kind: label ${label%%=*}" has "${label#*=}" \
			"{{index .Config.Labels \"org.opencontainers.image.${label%%=*}\"}}" $image
	done
	for path in /usr/local/sbin/tini /usr/local/sbin/dinit /usr/local/sbin/dumb-init /usr/local/sbin/su-exec \
		/usr/local/sbin/gosu /scripts/apt-get-install.sh /scripts/apt-get-purge.sh; do
		check "$kind: $path" run $image test -x $path
	done
	check "$kind: /scripts is on PATH" run $image sh -c 'case :$PATH: in *:/scripts:*) ;; *) exit 1 ;; esac'
	check "$kind: PID 1 is tini" says "tini" run $image sh -c 'tr "\0" "\n" </proc/1/cmdline | head -n 1'
	check "$kind: gosu where it already is the user" says 65534 run --user 65534 $image gosu nobody id -u
	check "$kind: python is there" run $image python -c 'import sys; sys.exit(sys.version_info < (3,))'
	if [ $kind = pypy ]; then
		check "$kind: python is PyPy" says PyPy run $image \
			python -c 'import platform; print(platform.python_implementation())'
	fi
	check "$kind: pip.conf names the release's index" says "$(printf '%s\n' '[global]' 'no-cache-dir = false' \
		"extra-index-url = https://$suite.wheelhouse.praekelt.org/simple")" run $image cat /etc/pip.conf
	check "$kind: the wheel flavour with another index" build $image-own "$base" WHEELHOUSE_URL=http://127.0.0.1:$port/simple
	check "$kind: pip installs from that index and leaves no cache" installs_from_index $image-own
	check "$kind: the index was asked" grep -q "GET /simple/praekelt-test-wheel/$wheel" "$work/server"
	check "$kind: the flavour without an index" build $image-nw "$base" WHEELHOUSE_URL=
	check "$kind: has none" says "$(printf '%s\n' '[global]' 'no-cache-dir = false')" run $image-nw cat /etc/pip.conf
done

for builder in 0 1; do
	printf 'FROM local/python:%s\n' "$suite" >"$work/Dockerfile"
	if DOCKER_BUILDKIT=$builder docker build -q - <"$work/Dockerfile" >/dev/null 2>&1; then
		check "DOCKER_BUILDKIT=$builder" env DOCKER_BUILDKIT=$builder \
			make image PREREQUISITES= NAME=praekelt-test/builder-$builder FROM_IMAGE="local/python:$suite" \
			WHEELHOUSE_URL=https://example.org/builder-$builder
		says_what_it_adds praekelt-test/builder-$builder "local/python:$suite"
		check "DOCKER_BUILDKIT=$builder: one layer" \
			adds_layers 1 praekelt-test/builder-$builder "local/python:$suite"
	else
		tests=$((tests + 1))
		echo "ok $tests # SKIP this client has no builder for DOCKER_BUILDKIT=$builder"
	fi
done

# Another engine's builders. The builder itself tests the image, by running a command in it.
storage="--root $work/containers --runroot $work/run --storage-driver vfs"
podman="podman $storage --cgroup-manager cgroupfs --runtime runc --tmpdir $work/tmp"
$podman import -q - localhost/base <"$(test/image/base.sh "$suite" python)" >/dev/null || give_up "a base for podman"
for builder in "$podman build" "buildah $storage build"; do
	check "${builder%% *} builds it" make image PREREQUISITES= FROM_IMAGE=localhost/base NAME="localhost/${builder%% *}" \
		DOCKER_BUILD="$builder --network host --isolation chroot"
	printf '%s\n' "FROM localhost/${builder%% *}" 'RUN gosu nobody tini -s true && adduser --version' >"$work/Dockerfile"
	check "${builder%% *}: it works" sh -c "$builder --network host --isolation chroot '$work'"
done

# The label with the base's digest, which only an image from a registry has.
docker-registry serve /dev/stdin >"$work/registry.log" 2>&1 <<-CONF &
	version: 0.1
	storage: {filesystem: {rootdirectory: $work/registry}}
	http: {addr: 127.0.0.1:$((port + 1))}
CONF
registry=$!
base=127.0.0.1:$((port + 1))/python
docker tag "local/python:$suite" "$base"
check "a base in a registry" wait_for 20 docker push -q "$base"
docker pull -q "$base" >/dev/null
check "the image of it" build praekelt-test/digest "$base"
check "label base.digest" has "$(docker image inspect -f '{{join .RepoDigests " "}}' "$base" | sed 's/.*@//')" \
	'{{index .Config.Labels "org.opencontainers.image.base.digest"}}' praekelt-test/digest
