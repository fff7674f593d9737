#!/bin/sh
# The main job, seen at work: the base image is built, the example on it, and the example runs in a real engine.
#
# FROM_IMAGE: the image to build on; otherwise python:slim, or, where no registry of images is reached, one made
# here from Debian's packages. Prints what it saw, and fails if any of it is wrong.
set -eu

[ -n "${DOCKER_HOST:-}" ] || docker info >/dev/null
log=$(mktemp -d)
container=
finish() {
	[ -z "$container" ] || docker rm -f "$container" >/dev/null 2>&1 || :
	rm -rf "$log"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

fail() {
	echo "demo: $*" >&2
	exit 1
}
# A step's output matters only if it fails.
quietly() {
	"$@" >"$log/step" 2>&1 || {
		cat "$log/step" >&2
		fail "failed: $*"
	}
}
wait_for() { # SECONDS COMMAND...
	seconds=$1
	shift
	end=$(($(date +%s) + seconds))
	until "$@"; do
		[ "$(date +%s)" -lt $end ] || return 1
		sleep 0.1
	done
}
size() {
	docker image inspect -f '{{.Size}}' "$1"
}
# Each line of what was seen, against what is right.
wrong=0
saw() { # WHAT VALUE TEST...
	what=$1 value=$2
	shift 2
	if "$@"; then verdict=ok; else verdict=WRONG wrong=1; fi
	printf '  %-28s %-44s %s\n' "$what" "$value" "$verdict"
}

if [ -z "${FROM_IMAGE:-}" ]; then
	FROM_IMAGE=python:slim
	if ! docker image inspect $FROM_IMAGE >/dev/null 2>&1 &&
		! timeout 60 docker pull -q $FROM_IMAGE >/dev/null 2>&1; then
		suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
		echo "demo: the registry of images is not reached: making a base here, Debian $suite with python3"
		tar=$(test/image/base.sh "$suite" python)
		FROM_IMAGE=local/python:$suite
		quietly docker import --change 'CMD ["python3"]' \
			--change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' "$tar" "$FROM_IMAGE"
	fi
fi

echo "demo: base image on $FROM_IMAGE"
quietly "${MAKE:-make}" image FROM_IMAGE="$FROM_IMAGE" NAME=praekelt-demo/python-base PREREQUISITES=
echo "demo: example worker on the base image"
rm -rf build/worker
cp -R examples/worker build/worker
quietly /usr/bin/python3 -m pip wheel --no-index --no-deps --no-build-isolation -w build/worker/wheels \
	build/worker/vumi_worker
quietly docker build --network host --build-arg FROM_IMAGE=praekelt-demo/python-base \
	-t praekelt-demo/worker build/worker

echo "demo: running it"
container=$(docker run -d --network none -e EXIT_STATUS=7 praekelt-demo/worker)
inside() {
	docker exec "$container" "$@"
}
ready() {
	docker logs "$container" 2>&1 | grep -q 'worker: ready'
}
if ! wait_for 30 ready; then
	docker logs "$container" >&2
	fail "the worker did not start"
fi
pid1=$(inside cat /proc/1/cmdline | tr '\0' ' ')
user=$(inside sh -c 'stat -c %U /proc/"$(cat /var/lib/vumi/started)"')
groups=$(inside sh -c 'sed -n "s/^Groups:[[:space:]]*//p" /proc/"$(cat /var/lib/vumi/started)"/status')
gid=$(inside id -g vumi)
orphan=$(docker logs "$container" 2>&1 | sed -n 's/^worker: orphan //p')
reaped() {
	! inside test -e /proc/"$orphan"
}
if wait_for 10 reaped; then orphan_is=reaped; else orphan_is='still there'; fi
zombies=$(inside sh -c 'cat /proc/[0-9]*/stat 2>/dev/null' | grep -c ') Z ' || :)
before=$(date +%s%N)
quietly docker stop "$container"
ms=$((($(date +%s%N) - before) / 1000000))
status=$(docker inspect -f '{{.State.ExitCode}}' "$container")
added=$((($(size praekelt-demo/python-base) - $(size "$FROM_IMAGE")) / 1000))

echo "demo: what was seen"
saw "PID 1" "$pid1" test "${pid1%% /bin/sh *}" = /usr/local/sbin/tini
saw "the worker's user" "$user" test "$user" = vumi
saw "its groups" "$groups" test "${groups% }" = "$gid"
saw "its orphan, pid $orphan" "$orphan_is" test "$orphan_is" = reaped
saw "zombies" "$zombies" test "$zombies" -eq 0
saw "docker stop took" "$ms ms" test $ms -lt 2000
saw "the worker said" "$(docker logs "$container" 2>&1 | tail -n 1)" \
	test "$(docker logs "$container" 2>&1 | tail -n 1)" = "worker: SIGTERM, ending in order"
saw "exit status" "$status" test "$status" -eq 7
saw "added to the base image" "$added kB" test $added -le 300
[ $wrong -eq 0 ] || fail "something is wrong"
echo "demo: all is well"
