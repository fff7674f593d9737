#!/bin/sh
# The ways in which README installs a release in a Dockerfile: a program from the image container-tools, and a downloaded
# and verified file, also one that was changed. Runs itself under engine.sh.
[ -n "${RELEASE_ENGINE:-}" ] || [ "$(id -u)" -ne 0 ] || RELEASE_ENGINE=yes exec test/image/engine.sh "$0"
# shellcheck disable=SC2154 # variables of lib.sh
. test/package/lib.sh
. test/release/lib.sh

build() { # NAME: of the Dockerfile in $work/context
	docker build --network host -t "praekelt-test/$1" "$work/context"
}
dockerfile() { # LINE...
	printf '%s\n' "$@" >"$work/context/Dockerfile"
}
run() {
	docker run --rm --network none "$@"
}
mkdir "$work/context" "$work/distroless"
debian=praekelt-test/debian tools=praekelt-test/container-tools
docker import - $debian <"$(test/root.sh bookworm)" >/dev/null || give_up "a Debian base"

# The image, from the release's packages.
check "make image-tools" make image-tools PREREQUISITES= DEBS="$release" NAME=$tools
copy=$(sed -n 's/^    COPY --from=[^ ]*container-tools /COPY --from=praekelt-test\/container-tools /p' README.md)
check "README's COPY line" test -n "$copy"
dockerfile "FROM $debian" "$copy"
check "COPY into Debian" build copied
check "tini and gosu work there" says nobody run praekelt-test/copied tini -s -- gosu nobody id -un
for name in $names tini-static apt-get-install.sh apt-get-purge.sh; do
	dockerfile "FROM $debian" "COPY --from=$tools /$name /usr/local/bin/$name /usr/bin/" "RUN test -x /usr/bin/$name" \
		"RUN test \"\$(stat -c '%h %u %a' /usr/bin/$name)\" = '1 0 755'"
	check "$name from / and from /usr/local/bin" build "copy-$name"
done
dockerfile 'FROM scratch' "COPY --from=$tools /dinit /su-exec /"
check "COPY into an empty image" build empty
check "a number is a user there" says 'praekelt-init '"$version" run praekelt-test/empty /dinit -- /su-exec 1234:1234 /dinit --version
# Like a distroless image: with users, without a shell.
mkdir -p "$work/distroless/etc" "$work/distroless/tmp"
printf '%s\n' 'root:x:0:0:root:/root:/sbin/nologin' 'nonroot:x:65532:65532::/home/nonroot:/sbin/nologin' >"$work/distroless/etc/passwd"
printf '%s\n' 'root:x:0:' 'nonroot:x:65532:' >"$work/distroless/etc/group"
cp "$PROBE" "$work/distroless/probe"
tar -c -C "$work/distroless" . | docker import - praekelt-test/distroless >/dev/null || give_up "a base without a shell"
dockerfile 'FROM praekelt-test/distroless' "COPY --from=$tools /tini /gosu /usr/bin/" 'ENTRYPOINT ["/usr/bin/tini", "--"]'
check "COPY into an image without a shell" build distroless-copied
uid_of_nonroot() {
	run praekelt-test/distroless-copied /usr/bin/gosu nonroot /probe ids | grep -w 65532
}
check "gosu knows its users" uid_of_nonroot

# README's download, from this release instead of GitHub's, on a root made here instead of the image debian.
mkdir "$work/www"
cp "$release"/gosu-* "$release"/SHA256SUMS* "$work/www"
port=$((20000 + $$ % 20000))
serve "$work/www" $port
cp "$release/repo/praekelt-container-tools.gpg" "$work/context"
sed -n '/^    FROM .* AS download/,/^    COPY --from=download/s/^    //p' README.md |
	sed -e "s|^FROM debian:[^ ]*|FROM $debian|" -e "s|^ARG RELEASE=.*|ARG RELEASE=http://127.0.0.1:$port|" >"$work/context/Dockerfile"
check "README's lines" grep -q gpgv "$work/context/Dockerfile"
check "a good file is installed" build verified
check "and works" says nobody run praekelt-test/verified gosu nobody id -un
refused() { # WORDS
	! build refused >"$work/refused" 2>&1 || return 1
	cat "$work/refused"
	grep -q "$1" "$work/refused" && ! docker image inspect praekelt-test/refused >/dev/null 2>&1
}
# Changes an argument, so that the engine downloads again instead of using a cached layer.
again() {
	sed -i "s|^ARG RELEASE=.*|&/|" "$work/context/Dockerfile"
}
native=$(dpkg --print-architecture)
printf X >>"$work/www/gosu-$native"
again
check "a changed file is refused" refused "gosu-$native: FAILED"
(cd "$work/www" && sha256sum gosu-*[!c] >SHA256SUMS)
again
check "a changed file with a sum to match is refused" refused 'BAD signature'
rm "$work/www/SHA256SUMS.asc"
again
check "without a signature it is refused" refused 'non-zero code: 22'

# Without dpkg the architecture comes from uname.
arch=$(sed -n 's/^ *arch=$(dpkg .*|| \(.*\)); \\$/\1/p' README.md)
for row in amd64:x86_64 arm64:aarch64 armhf:armv7l armhf:armv8l i386:i686 ppc64el:ppc64le riscv64:riscv64 s390x:s390x; do
	check "uname's ${row#*:} is ${row%%:*}" says "${row%%:*}" sh -c "uname() { echo ${row#*:}; }; $arch"
done
