#!/bin/sh
# Dockerfile lines and entrypoint scripts that users of this image have written, with a stand-in for their applications:
# they build and run unchanged. Runs under engine.sh.
. test/tap.sh
. test/image/lib.sh

base_image python

# A signed repository on a loopback port, with packages of the names and versions that these lines pin.
GNUPGHOME=$work/gnupg
export GNUPGHOME
mkdir -m 700 "$GNUPGHOME"
mkdir -p "$work/repo/conf"
package() { # NAME VERSION [FIELD]
	mkdir -p "$work/deb/DEBIAN"
	printf '%s\n' "Package: $1" "Version: $2" 'Architecture: all' 'Maintainer: T <t@example.org>' 'Section: misc' \
		'Priority: optional' ${3:+"$3"} 'Description: stand-in' >"$work/deb/DEBIAN/control"
	mkdir -p "$work/deb/usr/bin"
	printf '#!/bin/sh\n[ "$1" = --version ] && exec echo %s %s\necho "%s: started"\nexec sleep 1000\n' "$1" "$2" "$1" \
		>"$work/deb/usr/bin/$1"
	chmod 755 "$work/deb/usr/bin/$1"
	dpkg-deb --root-owner-group -b "$work/deb" "$work/$1_$(echo "$2" | tr '~' -)_all.deb" >/dev/null
	rm -rf "$work/deb"
}
package nginx "1.26.2-1~$suite"
package nodejs 18.99.1-1nodesource1 'Depends: node-needs-this'
package node-needs-this 1
package fetch-a 1 'Depends: fetch-needs-this'
package fetch-needs-this 1
package fetch-b 1
gpg --batch --quiet --passphrase '' --quick-gen-key 'Test <test@example.org>' ed25519 sign 1d || give_up "a key"
printf '%s\n' "Codename: $suite" 'Architectures: amd64 arm64' 'Components: main' 'SignWith: test@example.org' \
	>"$work/repo/conf/distributions"
reprepro --silent -b "$work/repo" includedeb "$suite" "$work"/*.deb || give_up "a repository"
gpgconf --kill all
mkdir "$work/app"
gpg --batch --export test@example.org >"$work/app/upstream.gpg"
port=$((20000 + $$ % 20000))
/usr/bin/python3 -m http.server --bind 127.0.0.1 --directory "$work/repo" $port >"$work/server" 2>&1 &
server=$!
finish() {
	kill $server
	docker rm -f praekelt-user >/dev/null 2>&1
}

# The stand-in prints its name, and ends in order on TERM with status 0 and on INT with status 3.
cat >"$work/app/serve.py" <<'PYTHON'
import os, signal, sys
name = sys.argv[1]
def end(number, frame):
    print("%s: signal %d" % (name, number), flush=True)
    sys.exit(0 if number == signal.SIGTERM else 3)
signal.signal(signal.SIGTERM, end)
signal.signal(signal.SIGINT, end)
print("%s: ready, uid %d, groups %s, home %s" % (name, os.getuid(), sorted(os.getgroups()), os.environ["HOME"]), flush=True)
while True:
    signal.pause()
PYTHON
cat >"$work/app/django-entrypoint.sh" <<'SCRIPT'
#!/usr/bin/env bash
set -e
if [ -n "$WORKER" ]; then
	su-exec django python /app/serve.py celery &
fi
if [ "$1" = gunicorn ]; then
	nginx &
	set -- su-exec django python /app/serve.py "$@"
fi
exec "$@"
SCRIPT
cat >"$work/app/celery-entrypoint.sh" <<'SCRIPT'
#!/usr/bin/env bash
set -e
exec su-exec celery python /app/serve.py "$@"
SCRIPT
chmod 755 "$work/app"/*.sh
cat >"$work/app/Dockerfile" <<DOCKERFILE
FROM praekelt-test/python-base
COPY upstream.gpg /usr/share/keyrings/
RUN echo "deb [signed-by=/usr/share/keyrings/upstream.gpg] http://127.0.0.1:$port $suite main" >/etc/apt/sources.list.d/upstream.list
ENV NGINX_VERSION=1.26.2 NODEJS_VERSION=18.
RUN set -ex; codename=\$(. /etc/os-release; echo \$VERSION_CODENAME); \\
    fetchDeps=" fetch-a fetch-b "; \\
    apt-get-install.sh \$fetchDeps; \\
    fetch-a --version; \\
    apt-get-purge.sh \$fetchDeps; \\
    noDeps=; \\
    apt-get-purge.sh \$noDeps; \\
    apt-get-install.sh "nginx=\$NGINX_VERSION-1\\~\$codename"
RUN apt-get-install.sh nodejs=\${NODEJS_VERSION}*
RUN addgroup --system django && adduser --system --ingroup django django && \\
    addgroup --system --gid 107 celery && adduser --system --uid 104 --ingroup celery celery && adduser celery django
COPY django-entrypoint.sh celery-entrypoint.sh /scripts/
COPY serve.py /app/
ENTRYPOINT ["tini", "--", "django-entrypoint.sh"]
CMD ["gunicorn"]
DOCKERFILE

start() { # OPTIONS IMAGE COMMAND...
	docker rm -f praekelt-user >/dev/null 2>&1
	docker run -d --network none --name praekelt-user "$@"
}
said() { # WORDS
	docker logs praekelt-user 2>&1 | grep -- "$1"
}
stopped_with() { # STATUS
	docker stop -t 10 praekelt-user
	got=$(docker inspect -f '{{.State.ExitCode}}' praekelt-user)
	docker logs praekelt-user
	[ "$got" = "$1" ]
}
derived() { # INSTRUCTION...
	printf '%s\n' 'FROM praekelt-test/app' "$@" | docker build -q -t praekelt-test/derived - >/dev/null
}
version_is() { # PROGRAM VERSION
	says "$1 $2" run praekelt-test/app "$1" --version
}

check "the Dockerfile builds" docker build --network host -t praekelt-test/app "$work/app"
check "nginx is the pinned one" version_is nginx "1.26.2-1~$suite"
check "nodejs is the newest of the pinned ones" version_is nodejs 18.99.1-1nodesource1
check "what was fetched for the build is gone" fails run --entrypoint dpkg praekelt-test/app -s fetch-needs-this
check "no list stays" fails run --entrypoint sh praekelt-test/app -c 'ls /var/lib/apt/lists/*Packages*'

check "django: starts" start praekelt-test/app
check "django: serves as its user" wait_for 20 said "gunicorn: ready, uid 1[0-9]*, groups .*, home /"
check "django: stops with the server's status" stopped_with 0
check "django with a worker: starts" start -e WORKER=1 praekelt-test/app
check "django with a worker: both are there" wait_for 20 eval 'said "gunicorn: ready" && said "celery: ready"'
check "django with a worker: stops" stopped_with 0
check "only the server gets the signal" fails said "celery: signal"
# In the previous image tini was a link to dumb-init, so the whole process group got the signal.
for restored in 'ENV TINI_KILL_PROCESS_GROUP=1' 'ENTRYPOINT ["dumb-init", "--", "django-entrypoint.sh"]'; do
	check "$restored: builds" derived "$restored" 'CMD ["gunicorn"]'
	check "$restored: starts" start -e WORKER=1 praekelt-test/derived
	check "$restored: both are there" wait_for 20 eval 'said "gunicorn: ready" && said "celery: ready"'
	check "$restored: stops" stopped_with 0
	check "$restored: the worker gets the signal too" said "celery: signal 15"
done

check "celery by dinit: builds" derived 'ENTRYPOINT ["dinit", "celery-entrypoint.sh"]' 'CMD ["worker"]'
check "celery by dinit: starts" start praekelt-test/derived
check "celery by dinit: has all groups of its user" wait_for 20 said "worker: ready, uid 104, groups \[[0-9]*, 107\], home /"
check "celery by dinit: stops" stopped_with 0
check "docker run --user" start --user 104 praekelt-test/app su-exec celery python /app/serve.py user
check "su-exec for the user that it already is" wait_for 20 said "user: ready, uid 104"
check "the command can be overridden" says hello run praekelt-test/app echo hello

# Lines that install Debian's own programs of these names: ours stay installed, with all their names.
check "apt-get install tini dumb-init gosu" run --entrypoint sh praekelt-test/app -ec 'apt-get update -qq
	apt-get install -y -qq --no-install-recommends tini dumb-init gosu && apt-get-install.sh tini gosu
	for name in tini dinit dumb-init; do /usr/local/sbin/$name true; $name true; done
	for name in gosu su-exec; do /usr/local/sbin/$name nobody true; done'
