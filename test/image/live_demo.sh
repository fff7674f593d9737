#!/bin/sh
# make demo with an existing engine: it works, and the engine has the same images afterwards. Runs under engine.sh.
. test/tap.sh
unset ENGINE_IS_OURS

images() {
	docker images -a --no-trunc --format '{{.ID}} {{.Repository}}:{{.Tag}}' | sort
}
docker pull -q python:slim >/dev/null 2>&1
images >"$work/images"
docker ps -aq | sort >"$work/containers"
same_images() {
	images | diff "$work/images" -
}
same_containers() {
	docker ps -aq | sort | diff "$work/containers" -
}
check "make demo" make demo PREREQUISITES=
check "leaves the engine's images as they were" same_images
check "and its containers" same_containers
