#!/bin/sh
# Builds the base image and the example on it, runs the example in a real engine, prints what it sees, and fails if any of
# it is wrong.
#
# FROM_IMAGE: the image to build on; otherwise python:slim or, if no registry can be reached, an image made here from
# Debian's packages. If the engine was running before, the images that the demo makes are removed again.
set -eu

[ -n "${DOCKER_HOST:-}" ] || docker info >/dev/null
log=$(mktemp -d)
container='' made=''
# Prints the images that the classic builder leaves of the Dockerfile's first stage.
stages() {
	docker image ls -q --no-trunc --filter dangling=true --filter label=org.praekelt.container-tools.stage=installed
}
stages_before=$(stages)
finish() {
	status=$?
	trap - EXIT
	[ -z "$container" ] || docker rm -f "$container" >/dev/null 2>&1 || :
	if [ "${ENGINE_IS_OURS:-}" != yes ]; then
		# shellcheck disable=SC2086 # a list of words
		[ -z "$made" ] || docker image rm $made >/dev/null 2>&1 || :
		stages | grep -vxF "$stages_before" | xargs -r docker image rm >/dev/null 2>&1 || :
		echo "demo: removed from your engine:$made; its build cache, if it has one, goes with docker builder prune"
	fi
	rm -rf "$log"
	exit $status
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

fail() {
	echo "demo: $*" >&2
	exit 1
}
# Shows the output of a step only if it fails.
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
# makes IMAGE: finish() removes the image, unless it was there before.
makes() {
	docker image inspect "$1" >/dev/null 2>&1 || made="$made $1"
}
# saw WHAT VALUE TEST...: prints a line, and whether TEST succeeds.
wrong=0
saw() {
	what=$1 value=$2
	shift 2
	if "$@"; then verdict=ok; else verdict=WRONG wrong=1; fi
	printf '  %-28s %-44s %s\n' "$what" "$value" "$verdict"
}

if [ -z "${FROM_IMAGE:-}" ]; then
	FROM_IMAGE=python:slim
	makes $FROM_IMAGE
	if ! docker image inspect $FROM_IMAGE >/dev/null 2>&1 &&
		! timeout 60 docker pull -q $FROM_IMAGE >/dev/null 2>&1; then
		suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
		FROM_IMAGE=local/python:$suite
		makes "$FROM_IMAGE"
		docker image inspect "$FROM_IMAGE" >/dev/null 2>&1 || {
			echo "demo: the registry of images is not reached, so the base is made here: Debian $suite with python3"
			tar=$(test/image/base.sh "$suite" python)
			quietly docker import --change 'CMD ["python3"]' \
				--change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' "$tar" "$FROM_IMAGE"
		}
	fi
fi

echo "demo: 2 of 4: the base image on $FROM_IMAGE (about half a minute)"
makes praekelt-demo/python-base
quietly "${MAKE:-make}" image FROM_IMAGE="$FROM_IMAGE" NAME=praekelt-demo/python-base PREREQUISITES=
echo "demo: 3 of 4: the example worker on the base image"
makes praekelt-demo/worker
quietly "${MAKE:-make}" example-worker FROM_IMAGE=praekelt-demo/python-base NAME=praekelt-demo/worker PREREQUISITES=

echo "demo: 4 of 4: running it"
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
saw "added to the base image" "$added kB" true
[ $added -le 300 ] || {
	echo "demo: warning: more than 300 kB were added to the base image. The largest files:"
	test/image/added.sh praekelt-demo/python-base "$FROM_IMAGE" | head -n 5
}
[ $wrong -eq 0 ] || fail "something is wrong"
echo "demo: all is well"
