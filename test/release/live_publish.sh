#!/bin/sh
# The targets with which the workflows publish a release, with a registry on a loopback port, and with stand-ins for gh and
# cosign that write down their arguments. Runs itself under engine.sh.
[ -n "${RELEASE_ENGINE:-}" ] || [ "$(id -u)" -ne 0 ] || RELEASE_ENGINE=yes exec test/image/engine.sh "$0"
# shellcheck disable=SC2154 # variables of lib.sh
. test/package/lib.sh
. test/release/lib.sh

tag=v$version
check "make publish-tools" make publish-tools PREREQUISITES=echo
check "the tag of the version" make check-tag TAG="$tag"
check "another tag" fails make check-tag TAG=v99
mkdir -m 700 "$work/gnupg"
check "make signing-key" env GNUPGHOME="$work/gnupg" SIGNING_KEY="$(cat "$made/secret.asc")" make signing-key
check "has the key" env GNUPGHOME="$work/gnupg" gpg --batch --list-secret-keys test@example.org
GNUPGHOME=$work/gnupg gpgconf --kill all

# gh writes down its arguments; "release download" and "run download" copy files of the release made here.
mkdir "$work/bin" "$work/told"
cat >"$work/bin/gh" <<-GH
	#!/bin/sh
	printf '%s\n' "\$@" >"$work/told/\$2"
	case "\$1 \$2" in
	'release download') mkdir -p "\$5" && cp "$release"/*.deb "$release/SHA256SUMS" "\$5" ;;
	'run download') [ "\$3" = 4711 ] && mkdir -p "\$7" && cp -R "$release"/. "\$7" ;;
	esac
	while [ \$# -gt 0 ]; do [ "\$1" != --notes-file ] || cp "\$2" "$work/told/notes"; shift; done
GH
printf '#!/bin/sh\necho "$@" >>"%s"\n' "$work/told/cosign" >"$work/bin/cosign"
chmod 755 "$work/bin/gh" "$work/bin/cosign"
PATH=$work/bin:$PATH
# docker, for the targets that change an engine or log in, prints its arguments and its input.
mkdir "$work/stub"
printf '#!/bin/sh\necho "docker $*: $(cat)"\n' >"$work/stub/docker"
chmod 755 "$work/stub/docker"
check "make image-builder" says "$(printf '%s\n' 'docker run --rm --privileged tonistiigi/binfmt --install arm64: ' \
	'docker buildx create --name praekelt --driver docker-container --driver-opt network=host --use: ')" \
	env PATH="$work/stub:$PATH" make -s image-builder </dev/null
check "make registry-login" says "$(printf '%s\n' 'docker login --username one --password-stdin: secret' \
	'docker login ghcr.io --username two --password-stdin: token')" env PATH="$work/stub:$PATH" \
	DOCKERHUB_USERNAME=one DOCKERHUB_TOKEN=secret GITHUB_ACTOR=two GH_TOKEN=token make registry-login
# The targets run in a clone, so that they change nothing here.
git clone -q "$made/1" "$work/clone"
git -C "$work/clone" tag "$tag"
git -C "$work/clone" -c user.name=test -c user.email=test@example.org commit -q --allow-empty -m 'after the release'
mkdir "$work/clone/build"
cp -R "$made/1/dist" "$work/clone"
in_clone() {
	make -C "$work/clone" PREREQUISITES= "$@"
}
check "make fetch-built" in_clone fetch-built RUN=4711
check "has the same files" diff -r "$release" "$work/clone/dist/release"
all_files_are_there() {
	(cd "$release" && find . -maxdepth 1 -type f | sort) | while read -r file; do
		grep -qx -- "$file" "$work/told/create" || echo "$file"
	done
}
check "make publish-release" make -C "$work/clone" publish-release TAG="$tag"
check "of the tag" grep -qx "$tag" "$work/told/create"
check "with every file" says '' all_files_are_there
check "with the changelog's words" grep -q '^\* First release' "$work/told/notes"
check "make checkout-release" make -C "$work/clone" checkout-release
check "is at the tag" says "$tag" git -C "$work/clone" describe --tags
check "make fetch-release" make -C "$work/clone" fetch-release
check "has the packages" test -e "$work/clone/dist/release/praekelt-container-tools_${version}_all.deb"

# The registry to publish to. The builder is Docker's classic one, which needs a separate command to push.
port=$((20000 + $$ % 20000)) staging=$((20001 + $$ % 20000))
registry=127.0.0.1:$port/praekelt-test
docker-registry serve /dev/stdin >"$work/registry.log" 2>&1 <<-CONF &
	version: 0.1
	storage: {filesystem: {rootdirectory: $work/registry}}
	http: {addr: 127.0.0.1:$port}
CONF
started="$started $!"
printf '%s\n' '[[registry]]' "location = \"127.0.0.1:$port\"" 'insecure = true' >"$work/registries.conf"
skopeo="skopeo --insecure-policy --registries-conf $work/registries.conf"
cat >"$work/bin/build" <<-BUILD
	#!/bin/sh
	[ "\$1" = --platform ] && shift 2
	docker build --network host "\$@" && docker push -q 127.0.0.1:$staging/image
BUILD
chmod 755 "$work/bin/build"
printf '%s\n' "FROM praekelt-test/debian" 'RUN ln -s /bin/true /usr/local/bin/python' >"$work/Dockerfile"
docker import - praekelt-test/debian <"$(test/root.sh bookworm)" >/dev/null || give_up "a Debian base"
docker build -q -t praekelt-test/base - <"$work/Dockerfile" >/dev/null || give_up "a base"
echo 'python-base praekelt-test/base 3.99 latest' >"$work/images.txt"
publish() { # TARGET: what was pushed is in $work/pushed
	: >"$work/told/cosign"
	in_clone "$1" REGISTRIES="$registry" IMAGES="$work/images.txt" PLATFORMS=linux/amd64 TOOLS_PLATFORMS=linux/amd64 \
		BUILD="$work/bin/build" COSIGN="$work/bin/cosign sign --yes" STAGING_PORT=$staging SKOPEO="$skopeo" \
		>"$work/published" 2>&1
	status=$?
	cat "$work/published"
	grep -o '[^/]*: pushed' "$work/published" >"$work/pushed"
	return $status
}
tags() { # IMAGE
	$skopeo list-tags "docker://$registry/$1" | tr -d ' \n' | sed 's/.*\[\(.*\)\].*/\1/; s/"//g' | tr , '\n' | sort | paste -s -d,
}
today=$(date -u +%Y%m%d)
check "make publish-images" publish publish-images
check "with dated tags" says "3.99,3.99-$today,latest,latest-$today" tags python-base
check "also without the wheel index" says "3.99,3.99-$today,latest,latest-$today" tags python-base-nw
check "the image of the programs" says "$version,$version-$today,latest,latest-$today" tags container-tools
check "each is signed by its digest" says 3 grep -cE "^sign --yes $registry/[a-z-]+@sha256:[0-9a-f]{64}$" "$work/told/cosign"
digest() {
	$skopeo inspect --format '{{.Digest}}' "docker://$registry/python-base:latest"
}
check "the digest is that of the image" grep -q "python-base@$(digest)" "$work/told/cosign"
works() {
	docker pull -q "$registry/python-base:3.99" && docker run --rm --network none "$registry/python-base:3.99" gosu nobody true
}
check "it works" works

check "make rebuild-images on the same base" publish rebuild-images
check "pushes nothing" says '' cat "$work/pushed"
check "signs nothing" says '' cat "$work/told/cosign"
before=$(digest)
echo 'RUN echo newer >/etc/newer' >>"$work/Dockerfile"
docker build -q -t praekelt-test/base - <"$work/Dockerfile" >/dev/null || give_up "a newer base"
check "make rebuild-images on a newer base" publish rebuild-images
check "pushes the base images alone" says "$(printf '%s: pushed\n' python-base:3.99 python-base:latest python-base-nw:3.99 python-base-nw:latest)" \
	cat "$work/pushed"
check "with another digest" fails test "$before" = "$(digest)"
