#!/bin/sh
# Prints the files in the layers that IMAGE has beyond BASE, the largest first, as "BYTES PATH": added.sh IMAGE BASE
set -eu
layers='{{len .RootFS.Layers}}'
base=$(docker image inspect -f "$layers" "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
docker save "$1" | tar -x -C "$work"
/usr/bin/python3 - "$work" "$base" <<-'PY'
	import json, sys, tarfile
	where, base = sys.argv[1], int(sys.argv[2])
	files = []
	for layer in json.load(open(where + "/manifest.json"))[0]["Layers"][base:]:
	    files += [(member.size, member.name) for member in tarfile.open(where + "/" + layer) if not member.isdir()]
	for size, name in sorted(files, reverse=True):
	    print(size, "/" + name)
PY
