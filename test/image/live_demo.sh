#!/bin/sh
# make demo in an engine that somebody has: it works, and the engine's images are the same afterwards. Runs under engine.sh.
. test/tap.sh
unset ENGINE_IS_OURS

images() {
	docker images -a --no-trunc --format '{{.ID}} {{.Repository}}:{{.Tag}}' | sort
}
docker pull -q python:slim >/dev/null 2>&1
before=$(images)
check "make demo" make demo PREREQUISITES=
check "leaves the engine's images as they were" says "$before" images
check "and no container" says '' docker ps -aq
