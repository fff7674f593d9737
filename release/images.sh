#!/bin/sh
# Builds the images of a release and pushes those that have changed: images.sh TABLE REGISTRY...
#
# Each image is built into a registry on a loopback port. If its layers differ from those of the first of its tags, it is
# copied, with its bill of materials and its provenance, to each of its tags and to tags with today's date, such as
# 3.14-20261124, and signed by cosign. EVERY=yes copies and signs all images. make sets DEBS, the folder of the packages;
# PLATFORMS of the images of TABLE; TOOLS_PLATFORMS of the image container-tools; BUILD, the command that builds and pushes;
# COSIGN, the command that signs an image; SKOPEO, skopeo with its options; and STAGING_PORT, the loopback port.
set -eu
table=$1
shift
work=$(mktemp -d)
docker-registry serve /dev/stdin >"$work/log" 2>&1 <<-CONF &
	version: 0.1
	storage: {filesystem: {rootdirectory: $work/registry}}
	http: {addr: 127.0.0.1:$STAGING_PORT}
CONF
registry=$!
trap 'kill $registry; rm -rf --one-file-system "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
staged=127.0.0.1:$STAGING_PORT/image
today=$(date -u +%Y%m%d)

# layers OPTION IMAGE: prints the layers of every platform; nothing if the registry does not have the image.
layers() {
	for platform in $platforms; do
		variant=$(echo "$platform" | cut -s -d/ -f3)
		# shellcheck disable=SC2086 # a list of words
		$SKOPEO --override-os linux --override-arch "$(echo "$platform" | cut -d/ -f2)" \
			${variant:+--override-variant "$variant"} inspect $1 --format "$platform {{.Layers}}" "docker://$2" 2>/dev/null || :
	done
}
# push TAG...: copies the image from the staging registry to these tags.
push() {
	if [ "${EVERY:-}" != yes ] && [ "$(layers --tls-verify=false "$staged")" = "$(layers '' "$1")" ]; then
		echo "$1: no layer has changed"
		return
	fi
	for tag; do
		for name in "$tag" "$tag-$today"; do
			$SKOPEO copy -q --all --src-tls-verify=false "docker://$staged" "docker://$name"
		done
		echo "$tag: pushed"
	done
	for repository in $(printf '%s\n' "$@" | sed 's/:[^:/]*$//' | sort -u); do
		# shellcheck disable=SC2086 # a list of words
		$COSIGN "$repository@$($SKOPEO inspect --format '{{.Digest}}' "docker://$(printf '%s\n' "$@" | grep -m 1 "^$repository:")")"
	done
}
build() { # PLATFORMS MAKE-WORD...
	platforms=$1
	shift
	make PREREQUISITES= DEBS="$DEBS" NAME="$staged" DOCKER_BUILD="$BUILD --platform $(echo "$platforms" | tr ' ' ',')" "$@"
}

mkdir -p build dist
cp "$DEBS"/*_"$VERSION"_*.deb dist
build "$TOOLS_PLATFORMS" image-tools
# shellcheck disable=SC2046 # a list of words
push $(for registry_name; do printf '%s ' "$registry_name/container-tools:$VERSION" "$registry_name/container-tools:latest"; done)
test/image/tags.sh "$table" "$@" >build/images
# shellcheck disable=SC2086,SC2153 # a list of words; a variable of make's
while read -r from wheelhouse tags; do
	build "$PLATFORMS" image FROM_IMAGE="$from" ${wheelhouse#with} </dev/null
	push $tags </dev/null
done <build/images
