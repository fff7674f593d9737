#!/bin/sh
# The examples, each built on a base image and run in a real engine. (make demo looks at the worker more closely.)
. test/tap.sh
. test/image/lib.sh

build_example() { # NAME BASE OPTIONS
	make "example-$1" FROM_IMAGE="$2" NAME="praekelt-test/$1" EXAMPLE_OPTIONS="${3-}" PREREQUISITES=
}
start() { # NAME
	docker rm -f praekelt-example >/dev/null 2>&1
	docker run -d --network none --name praekelt-example -e EXIT_STATUS=7 "praekelt-test/$1"
}
said() { # WORDS
	docker logs praekelt-example 2>&1 | grep "$1"
}
stopped_with() { # STATUS
	docker logs praekelt-example
	docker stop praekelt-example && ends "$1" exit_status
}
exit_status() {
	return "$(docker inspect -f '{{.State.ExitCode}}' praekelt-example)"
}
gone() { # IMAGE FILE...
	image=$1
	shift
	run "$image" sh -c 'ls "$@"; for f; do ! test -e "$f" || exit; done' sh "$@"
}
finish() {
	docker rm -f praekelt-example >/dev/null 2>&1
}

for kind in python pypy; do
	import_base $kind
	check "$kind-base" make image PREREQUISITES= NAME=praekelt-test/$kind-base FROM_IMAGE="local/$kind:$suite"
done
for kind in python pypy; do
	check "worker on $kind-base: builds" build_example worker praekelt-test/$kind-base
	check "worker on $kind-base: starts" start worker
	check "worker on $kind-base: is ready" wait_for 60 said 'worker: ready'
	check "worker on $kind-base: ends in order, with its own status" stopped_with 7
done

# Debian's own python3 has its headers in a package; the official images have them in /usr/local.
check "compiled: builds" build_example compiled praekelt-test/python-base \
	"--build-arg PIP_NO_INDEX=1 --build-arg BUILD_PACKAGES='gcc libc6-dev libpq-dev python3-dev'"
check "compiled: works" sh -c 'docker run --rm --network none praekelt-test/compiled | grep -x "[0-9]\{6\}"'
check "compiled: the compiler and the headers are gone" gone praekelt-test/compiled /usr/bin/gcc /usr/include/postgresql

check "nginx: builds" build_example nginx praekelt-test/python-base
check "nginx: starts" start nginx
check "nginx: is ready" wait_for 30 said 'start worker process'
check "nginx: ends with status 0" stopped_with 0
check "nginx: and in order" said 'gracefully shutting down'
