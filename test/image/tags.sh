#!/bin/sh
# Prints a line for each image that make images builds, "BASE MAKE-ARGUMENT TAG...": tags.sh TABLE REGISTRY...
#
# TABLE has the format of images.txt. The argument is WHEELHOUSE_URL= for the flavour without a wheel index, and "with" for
# the other. The full version comes from the base image, which the engine pulls if necessary.
set -eu
table=$1
shift

# In the form of the official tags: 3.14.6; for PyPy the versions of the language and of PyPy, 3.11-7.3.20.
version='import platform, sys
v = platform.python_version_tuple()
p = getattr(sys, "pypy_version_info", None)
print(".".join(v[:2]) + "-" + ".".join(map(str, p[:3])) if p else ".".join(v))'
full_version() {
	# shellcheck disable=SC2016 # for the shell in the container
	docker run --rm --network none --entrypoint sh "$1" -c \
		'python=$(command -v python || command -v pypy3 || command -v pypy || command -v python3) && "$python" -c "$1"' sh "$version"
}

grep '^[^#]' "$table" | while read -r name from tags; do
	version_of_base=$(full_version "$from" </dev/null)
	tags=$(echo "$tags" | sed "s/VERSION/$version_of_base/g")
	for flavour in '' -nw; do
		printf '%s %s' "$from" "$([ -z "$flavour" ] && echo with || echo WHEELHOUSE_URL=)"
		for registry; do
			for tag in $tags; do
				printf ' %s' "$registry/$name$flavour:$tag"
			done
		done
		echo
	done
done
