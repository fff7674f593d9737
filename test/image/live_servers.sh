#!/bin/sh
# Database servers from Debian's packages, started like in their official images: the entrypoint script runs as root, gives
# the data directory to the server's user and executes itself again as that user. A client queries each, and it is stopped.
# Runs under engine.sh.
. test/tap.sh
. test/image/lib.sh

base_image python

mkdir "$work/servers"
cat >"$work/servers/entrypoint.sh" <<'SCRIPT'
#!/bin/sh
set -e
server=$1
case $server in
postgres) user=postgres ;;
redis-server) user=redis ;;
mariadbd) user=mysql ;;
memcached) user=memcache ;;
esac
if [ "$(id -u)" = 0 ]; then
	find /data ! -user $user -exec chown $user '{}' +
	exec gosu $user "$0" "$@"
fi
# The server runs as the user of the script, or of docker run --user, but not as root.
case $server in
postgres)
	export PATH="$(ls -d /usr/lib/postgresql/*/bin):$PATH" PGDATA=/data/db
	[ -s $PGDATA/PG_VERSION ] || initdb -A trust -U postgres >/dev/null
	set -- "$@" -c listen_addresses=127.0.0.1 -c unix_socket_directories=/tmp
	;;
redis-server) set -- "$@" --dir /data --bind 127.0.0.1 ;;
mariadbd)
	[ -d /data/mysql ] || mariadb-install-db --no-defaults --datadir=/data --auth-root-authentication-method=normal >/dev/null
	set -- "$@" --no-defaults --datadir=/data --bind-address=127.0.0.1 --socket=/tmp/mysql.sock --pid-file=/tmp/mysql.pid
	;;
memcached) set -- "$@" -l 127.0.0.1 ;;
esac
exec "$@"
SCRIPT
chmod 755 "$work/servers/entrypoint.sh"
cat >"$work/servers/Dockerfile" <<'DOCKERFILE'
FROM praekelt-test/python-base
RUN apt-get-install.sh postgresql redis-server mariadb-server memcached && mkdir /data && chmod 1777 /data
COPY entrypoint.sh /usr/local/bin/
ENTRYPOINT ["tini", "--", "entrypoint.sh"]
DOCKERFILE
quietly "an image of servers" docker build --network host -t praekelt-test/servers "$work/servers"

inside() {
	docker exec praekelt-server "$@"
}
answers() { # SERVER
	case $1 in
	postgres) inside psql -h /tmp -U postgres -Atc 'select 6 * 7' | grep -x 42 ;;
	redis-server) inside redis-cli ping | grep -x PONG ;;
	mariadbd) inside mariadb-admin --no-defaults --socket=/tmp/mysql.sock -u root ping ;;
	memcached) inside python3 -c 'import socket
s = socket.create_connection(("127.0.0.1", 11211)); s.sendall(b"version\r\n"); assert s.recv(99).startswith(b"VERSION")' ;;
	esac
} >/dev/null 2>&1
# Prints the uid of every process with that name.
uids() { # SERVER
	inside sh -c 'for p in /proc/[0-9]*; do [ "$(cat "$p/comm")" != "$1" ] || stat -c %u "$p"; done | sort -u' sh "$1"
}
stops_with() { # STATUS
	before=$(date +%s%N)
	docker stop -t 20 praekelt-server >/dev/null
	ms=$((($(date +%s%N) - before) / 1000000))
	got=$(docker inspect -f '{{.State.ExitCode}}' praekelt-server)
	echo "# $server $options: stopped in $ms ms with status $got"
	docker logs praekelt-server 2>&1 | tail -n 5
	[ "$got" -eq "$1" ] && [ $ms -lt 8000 ]
}
finish() {
	docker rm -f praekelt-server >/dev/null 2>&1
}

# try SERVER UID STATUS OPTIONS...
try() {
	server=$1 uid=$2 status=$3
	shift 3
	options=$*
	docker rm -f praekelt-server >/dev/null 2>&1
	check "$server $options: starts" \
		docker run -d --network none --name praekelt-server "$@" praekelt-test/servers "$server"
	check "$server $options: answers a client" wait_for 60 answers "$server"
	check "$server $options: runs as its user" says "$uid" uids "$server"
	check "$server $options: ends when it is stopped" stops_with "$status"
}
uid_of() {
	docker run --rm --network none --entrypoint id praekelt-test/servers -u "$1"
}
# The status is what the server exits with on TERM.
while read -r server user status; do
	uid=$(uid_of "$user")
	try "$server" "$uid" "$status"
	try "$server" "$uid" "$status" --init
	try "$server" "$uid" "$status" --user "$user"
	try "$server" "$uid" "$status" --read-only --tmpfs "/data:mode=1777" --tmpfs /tmp
	# The init is root without CAP_KILL and the server is not root, so it cannot send the signal. Its own end ends both.
	try "$server" "$uid" 1 --security-opt no-new-privileges --cap-drop ALL --cap-add SETUID --cap-add SETGID \
		--tmpfs "/data:uid=$uid,mode=755"
done <<-LIST
	postgres postgres 0
	redis-server redis 0
	mariadbd mysql 0
	memcached memcache 0
LIST
