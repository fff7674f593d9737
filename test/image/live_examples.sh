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
	podman pod rm -f -a >/dev/null 2>&1
}
podman() {
	command podman --root "$work/podman" --runroot "$work/run" --runtime runc \
		--cgroup-manager cgroupfs --storage-driver vfs --tmpdir "$work/tmp" "$@"
}

base_image python
base_image pypy
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

pod_said() { # WORDS
	podman logs worker-worker 2>&1 | grep -- "$1"
}
# The pod ends after --delay, and long before its grace period of 30 s has passed.
pod_stops() {
	before=$(date +%s)
	podman stop -t 30 worker-worker
	took=$(($(date +%s) - before))
	echo "took $took s"
	[ $took -ge 5 ] && [ $took -lt 15 ] && pod_said 'SIGTERM, ending in order'
}
docker tag praekelt-test/worker localhost/worker
docker save localhost/worker | podman load -q >/dev/null || give_up "the worker in podman"
check "kubernetes: the pod starts" podman kube play -q --network host examples/kubernetes/pod.yaml
check "kubernetes: is ready, as its user" wait_for 30 eval "pod_said 'uid 1000' && pod_said 'worker: ready'"
check "kubernetes: its orphan is reaped outside PID 1 too" wait_for 10 podman exec worker-worker sh -c \
	'! cat /proc/[0-9]*/stat | grep ") Z "'
check "kubernetes: stops after the delay" pod_stops

# The image that uv comes from cannot be pulled everywhere. A stand-in writes down its arguments.
mkdir "$work/uv"
printf '#!/bin/sh\nmkdir -p /app && echo "$UV_INDEX $UV_NO_CACHE $*" >>/app/told\n' >"$work/uv/uv"
chmod 755 "$work/uv/uv"
printf 'FROM scratch\nCOPY uv /uv\n' | docker build -q -t praekelt-test/uv -f - "$work/uv" >/dev/null || give_up "a stand-in for uv"
check "uv: builds" make example-uv PREREQUISITES= FROM_IMAGE=praekelt-test/python-base NAME=praekelt-test/uv-app \
	EXAMPLE_OPTIONS='--build-arg UV_IMAGE=praekelt-test/uv'
told='https://trixie.wheelhouse.praekelt.org/simple 1'
check "uv: is told the index" says "$(printf '%s\n' "$told venv --python python /app" \
	"$told pip install -r /src/requirements.txt")" run praekelt-test/uv-app cat /app/told
check "uv: does not stay" fails run praekelt-test/uv-app test -e /usr/local/bin/uv
