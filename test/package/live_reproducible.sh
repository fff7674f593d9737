#!/bin/sh
# Two builds in another folder, time zone, locale, umask, file order and with other users' settings: the same bytes.
. test/package/lib.sh

copy_tree "$work/one/tree"
copy_tree "$work/another-folder-with-a-long-name/tree"
check "one build" env TZ=UTC LC_ALL=C sh -c "umask 022; cd '$work/one/tree' && make deb PREREQUISITES="
check "another build" env TZ=Pacific/Kiritimati LC_ALL=C.UTF-8 HOME=/nonexistent sh -c \
	"umask 077; cd '$work/another-folder-with-a-long-name/tree' && chmod -R go-rwx . && make -j2 deb PREREQUISITES="
for deb in "$work"/one/tree/dist/*.deb; do
	check "$(basename "$deb")" cmp "$deb" "$work/another-folder-with-a-long-name/tree/dist/$(basename "$deb")"
done
