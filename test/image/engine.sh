#!/bin/sh
# Runs a command with a Docker engine: engine.sh COMMAND [ARG...]
#
# If an engine is running, it is used. Otherwise root starts one, with its data, socket and pid file in a temporary
# directory, and stops it after the command; its containers and images are removed. It has no bridge and no firewall
# rules, and does not change IP forwarding, so containers must use --network host or none.
# ENGINE_OPTIONS: further options of dockerd.
set -u

if [ -z "${ENGINE_OPTIONS:-}" ] && docker info >/dev/null 2>&1; then
	exec "$@"
fi
[ "$(id -u)" -eq 0 ] || {
	echo "$0: no Docker engine answers, and only root can start one" >&2
	exit 1
}
for program in docker dockerd; do
	[ -x /usr/bin/$program ] || [ -x /usr/sbin/$program ] || {
		echo "$0: no $program in /usr/bin or /usr/sbin: apt-get install docker.io docker-cli" >&2
		exit 1
	}
done
dir=$(mktemp -d /tmp/engine.XXXXXX) || exit 1
export ENGINE_IS_OURS=yes DOCKER_HOST="unix://$dir/sock"
# Use the client from the same package as the engine: another one may lack a builder.
export PATH="/usr/sbin:/usr/bin:$PATH"

# Without CAP_SYS_RESOURCE no limit above the hard limit can be set.
# shellcheck disable=SC2086 # a list of words
dockerd --iptables=false --ip6tables=false --ip-forward=false --bridge=none --default-ulimit nofile=1024:1024 \
	--data-root "$dir/data" --exec-root "$dir/exec" --pidfile "$dir/pid" --host "$DOCKER_HOST" \
	${ENGINE_OPTIONS:-} >"$dir/log" 2>&1 &
engine=$!

finish() {
	status=$?
	trap - EXIT
	kill "$engine" 2>/dev/null
	wait "$engine"
	# All mounts below this directory belong to this engine.
	awk -v dir="$dir/" 'index($5, dir) == 1 { print $5 }' /proc/self/mountinfo | sort -r | xargs -r umount
	rm -rf --one-file-system "$dir"
	exit $status
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

tries=0
until docker info >/dev/null 2>&1; do
	tries=$((tries + 1))
	if [ $tries -gt 300 ] || ! kill -0 "$engine" 2>/dev/null; then
		echo "$0: dockerd did not start:" >&2
		tail -n 20 "$dir/log" >&2
		exit 1
	fi
	sleep 0.1
done
"$@"
