#!/bin/sh
# praekelt-init below storms in a real engine, with each limit that an engine can set and with all of them: 100,000
# orphans, bursts of signals, fork bombs, inits in inits, terminals. Each ends with the status it should, and nothing
# is left. Runs under engine.sh. Every container has a limit of processes.
. test/tap.sh

image=praekelt-test/storm
finish() {
	docker ps -aq --filter ancestor=$image | xargs -r docker rm -f >/dev/null 2>&1
	docker image rm -f $image >/dev/null 2>&1
}
mkdir -p "$work/root/bin" "$work/root/proc"
cp "$BIN/praekelt-init" "$STORM" "$work/root/bin"
for name in tini dumb-init dinit; do ln -s praekelt-init "$work/root/bin/$name"; done
tar -C "$work/root" -c . | docker import - $image >/dev/null || give_up "an image of nothing but these"

# run OPTIONS... IMAGE COMMAND...
run() {
	docker run --rm --network none --pids-limit 64 "$@"
}
# Full of processes that fork, it still gets its TERM and ends as its child does.
bomb() { # OPTIONS... IMAGE COMMAND...
	container=$(docker run -d --network none --pids-limit 64 "$@") || return
	wait_for 60 full "$container" && docker kill -s TERM "$container" && ends 7 exit_of "$container"
	status=$?
	docker rm -f "$container"
	return $status
}
full() {
	docker logs "$1" 2>&1 | grep -q full
}
exit_of() {
	return "$(docker wait "$1")"
}

# The kernel frees the memory of dead processes with a delay, so 64 MB are too few for so many orphans, with any init.
all="--memory 256m --read-only --cap-drop ALL --user 1234 --security-opt no-new-privileges"
for options in "--pids-limit 8" "--memory 256m" "--read-only" "--cap-drop ALL" "--user 1234" "$all"; do
	for init in "tini --" "dumb-init -c --" "dinit --"; do
		# shellcheck disable=SC2086 # lists of words
		{
			check "$options: $init: 2000 orphans" ends 7 run $options $image $init storm orphans 2000
			check "$options: $init: 10,000 signals" ends 7 run $options $image $init storm signals 10000
			check "$options: $init: a terminal" ends 7 run -t $options $image $init storm terminal
			check "$options: $init: a fork bomb" bomb $options $image $init storm forks
		}
	done
done
for init in "tini --" "dumb-init -c --" "dinit --grace 1 --"; do
	# shellcheck disable=SC2086 # lists of words
	check "$all: $init: 100,000 orphans" ends 7 run $all $image $init storm orphans 100000
done
nested="tini -s -- dumb-init -c -- dinit -s -- tini -s -- dinit -- dumb-init -c -- tini -s -- dinit -s --"
for what in "orphans 20000" "signals 10000"; do
	# shellcheck disable=SC2086 # lists of words
	check "$all: eight inits in each other: $what" ends 7 run $all $image $nested storm $what
done
# shellcheck disable=SC2086 # lists of words
check "$all: eight inits in each other: a fork bomb" bomb $all $image $nested storm forks
check "no container is left" says "" docker ps -aq --filter ancestor=$image
