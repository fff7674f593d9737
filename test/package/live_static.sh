#!/bin/sh
# The tarball of make dist-static works in a root that has nothing else, no libc and no /etc.
. test/package/lib.sh

check "make dist-static" make dist-static
tarball=$(ls dist/*-static.tar.xz)
cp "$tarball" "$work/first"
check "again" make dist-static
check "gives the same bytes" cmp "$tarball" "$work/first"
root=$work/root
mkdir -p "$root/bin" "$root/proc"
tar -xf "$tarball" -C "$root"
cp /bin/busybox "$root/bin/busybox"
check "dinit, su-exec: a number is a user without /etc/passwd" \
	says "uid=1234 gid=1234 groups=1234" in_root /usr/bin/dinit -- /usr/sbin/su-exec 1234:1234 /bin/busybox id
for name in usr/bin/tini usr/bin/dumb-init usr/sbin/gosu usr/bin/apt-get-install; do
	check "$name starts" in_root "/$name" --version
done
