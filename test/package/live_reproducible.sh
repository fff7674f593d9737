#!/bin/sh
# Two builds with different folders, time zones, locales, umasks, file orders and home directories give the same bytes.
. test/package/lib.sh

copy_tree "$work/one/tree"
check "one build" env TZ=UTC LC_ALL=C sh -c "umask 022; cd '$work/one/tree' && make deb PREREQUISITES="

# In a tmpfs, which lists files in another order than a disk.
another=$work/another-folder-with-a-long-name
mkdir "$another" "$work/debs"
listing='find . -type f ! -path "./dist/*" ! -path "./build/*"'
check "another build" unshare --mount sh -c "mount -t tmpfs tmpfs '$another' && cp -a '$work/one/tree' '$another' &&
	cd '$another/tree' && rm -rf build dist && chmod -R go-rwx . && $listing >'$work/order' && umask 077 &&
	TZ=Pacific/Kiritimati LC_ALL=C.UTF-8 HOME=/nonexistent make -j2 deb PREREQUISITES= && cp dist/*.deb '$work/debs'"
check "its files were in another order" fails sh -c "cd '$work/one/tree' && $listing | cmp - '$work/order'"
for deb in "$work"/one/tree/dist/*.deb; do
	check "$(basename "$deb")" cmp "$deb" "$work/debs/$(basename "$deb")"
done
