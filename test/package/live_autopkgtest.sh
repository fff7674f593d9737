#!/bin/sh
# Runs debian/tests as a distribution does, with autopkgtest on the packages in dist/, in a fresh root.
. test/package/lib.sh

fresh_root bookworm
mkdir "$root/dist"
cp dist/*.deb "$root/dist"
copy_tree "$root/source"
check "autopkgtest is installed" in_root sh -c \
	'apt-get update && apt-get install -y --no-install-recommends autopkgtest dpkg-dev && : >/etc/machine-id'
for test in init suexec aptwrap container-tools; do
	check "debian/tests/$test" in_root sh -c \
		"autopkgtest --no-built-binaries --test-name=$test /dist/*.deb /source/ -- null"
done
