#!/bin/sh
# What a run leaves behind: only the packages' files and the state of dpkg and apt. Cache mounts. Two builds.
# shellcheck source=test/aptwrap/lib.sh
. "$(dirname "$0")/lib.sh"
in_namespaces "$@"

# The files that the scripts of "busy" change.
busy='etc/passwd
usr/lib/python3/dist-packages/__pycache__.*'
busy_changes() {
	changes | grep -vx "$busy" >"$case/left"
	cat "$case/left"
	[ ! -s "$case/left" ]
}
bytecode=/usr/lib/python3/dist-packages/__pycache__/busy.cpython-313.pyc
layer() {
	fresh_root
	status 0 apt-get-install busy && installed busy lib && busy_changes && [ -s "$root/var/lib/dpkg/alternatives/thing" ] &&
		[ "$(cat "$root$bytecode")" = compiled ]
}
aside "the layer has the packages' files and those of their scripts, no log and no backup" layer
by_debconf() {
	fresh_root
	deb <<-'TEXT'
		Package: asks
		Depends: debconf
		Postinst: . /usr/share/debconf/confmodule
		 db_register debconf/priority asks/question
	TEXT
	status 0 apt-get-install /t/asks_1.deb && grep -q asks/question "$root/var/cache/debconf/config.dat" && changes >"$case/left"
	cat "$case/left"
	fails grep -v '^var/cache/debconf/\(config\|templates\|passwords\).dat$' "$case/left"
}
aside "the layer has debconf's answers, not its backups" by_debconf
after_failure() {
	fresh_root
	status 100 apt-get-install failing && tidy
}
aside "the layer has nothing else after a failure" after_failure
# apt writes extended_states again even if it does not change. Its time is put back; the entry in the layer stays.
same_marks() {
	fresh_root
	marks=$root/var/lib/apt/extended_states
	status 0 apt-get-install app && touch -d '2020-02-02' "$marks" && cp -p "$marks" "$own/marks" && before &&
		status 0 apt-get-install single && cmp "$marks" "$own/marks" &&
			[ "$(stat -c %Y "$marks")" = "$(stat -c %Y "$own/marks")" ] && sound
}
aside "the layer: an unchanged extended_states keeps its content and time" same_marks

# Files that existed before keep content, mode, owner and time.
pre_existing() {
	fresh_root
	for file in var/log/dpkg.log var/log/alternatives.log var/log/apt/history.log var/log/apt/term.log var/log/bootstrap.log \
		var/lib/dpkg/status-old var/lib/dpkg/diversions-old var/cache/debconf/config.dat-old var/cache/debconf/templates.dat-old \
		var/cache/ldconfig/aux-cache var/lib/apt/lists/some_Packages var/cache/apt/pkgcache.bin \
		var/cache/apt/archives/some_1_all.deb etc/passwd-; do
		mkdir -p "$root/${file%/*}"
		echo "old $file" >"$root/$file"
		touch -d '2020-02-02 02:02:02.123456789' "$root/$file"
	done
	chown 1:2 "$root/var/log/dpkg.log"
	chmod 604 "$root/var/log/dpkg.log"
	before
	status 0 apt-get-install -q busy single && status 0 apt-get-purge single && not_installed single && busy_changes && [ "$(grep -rl '^old ' "$upper" | wc -l)" -eq 14 ]
}
aside "backups, caches and logs that existed before are unchanged" pre_existing
logs() {
	fresh_root
	status 0 apt-get-install --logs single && grep -q single "$root/var/log/dpkg.log" "$root/var/log/apt/history.log" &&
		status 0 apt-get-install other && fails grep -q other "$root/var/log/dpkg.log" "$root/var/log/apt/history.log"
}
aside "--logs keeps the logs" logs

# Cache mounts. hooked NAME: gives the root a hook that empties apt's caches, in a file of that name.
hooked() {
	printf '%s\n' 'DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/*.bin || true"; };' \
		'APT::Update::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/*.bin || true"; };' \
		'Dir::Cache::pkgcache ""; Dir::Cache::srcpkgcache "";' >"$root/etc/apt/apt.conf.d/$1"
}
# mounted DIRECTORY...: mounts each in the root. Its contents stay for the next root.
mounted() {
	for directory; do
		mkdir -p "$own/mounted/$directory" "$root/$directory"
		mount --bind "$own/mounted/$directory" "$root/$directory"
	done
	before
}
cached() { # FILE...
	ls "$own/mounted"/"$1" >/dev/null
}
cache_mounts() { # HOOK DIRECTORY...: the second run fetches no package, and the layer is as without mounts
	rm -rf "$own/mounted"
	hook=$1
	shift
	fresh_root && hooked "$hook" && mounted "$@"
	status 0 apt-get-install single && installed single && sound || return
	fresh_root && hooked "$hook" && mounted "$@"
	faults 'dead - deb$'
	status 0 apt-get-install single && installed single && sound && [ "$(requests 'deb$')" -eq 0 ] &&
		status 0 praekelt-aptwrap clean && status 0 apt-get-purge single && status 0 apt-get-install single && sound && [ "$(requests 'deb$')" -eq 0 ]
}
aside "cache mounts are used and kept" cache_mounts docker-clean var/cache/apt var/lib/apt/lists
aside "cache mounts: only the archives" cache_mounts docker-clean var/cache/apt/archives
aside "cache mounts: /var/cache itself" cache_mounts docker-clean var/cache
aside "cache mounts: a hook with another name" cache_mounts 00-tidy-up var/cache/apt var/lib/apt/lists
lists_mount() {
	rm -rf "$own/mounted"
	for run in 1 2; do
		fresh_root && hooked docker-clean && mounted var/lib/apt
		[ $run = 1 ] || faults 'dead - binary'
		status 0 apt-get-install single && installed single && [ "$(requests 'deb$')" -eq 1 ] || return
	done
	[ "$(requests binary)" -eq 0 ] && ls "$own"/mounted/var/lib/apt/lists/*_Packages*
}
aside "cache mounts: a valid index is not fetched again" lists_mount
other_use() {
	rm -rf "$own/mounted"
	fresh_root && mounted var/cache/apt var/lib/apt/lists
	in_root sh -c 'apt-get update && apt-get install -y --download-only lib && touch /var/cache/apt/archives/some.deb' >/dev/null 2>&1
	files "$own/mounted" | grep -v '/lock ' >"$own/was"
	status 0 apt-get-install single && status 0 praekelt-aptwrap clean && files "$own/mounted" | grep -v '/lock ' | diff "$own/was" - | grep '^<' | grep -v pkgcache >"$case/left"
	cat "$case/left"
	[ ! -s "$case/left" ]
}
aside "cache mounts: files of others stay" other_use

# Two builds have the same content and, with SOURCE_DATE_EPOCH, the same times.
build() { # NAME: writes the files of the root to $own/NAME, and their times to $own/NAME.times
	fresh_root
	status 0 apt-get-install busy single && status 0 apt-get-install --virtual .build compiler other && status 0 apt-get-purge .build &&
		files "$root" >"$own/$1" &&
		(cd "$upper" && find . -mindepth 1 ! -type c ! -path './dev*' ! -path './proc' -printf '%P %y %T@\n' | LC_ALL=C sort) >"$own/$1.times"
	# Without the modification times.
	sed -i 's/^\([^ ]* [^ ]* [^ ]* [^ ]* [^ ]*\) ... ... .. ..:..:..[^ ]* ..../\1/' "$own/$1"
}
same_bytes() {
	build one && sleep 1.1 && build two && diff "$own/one" "$own/two"
}
aside "two builds have the same content" same_bytes
same_times() {
	SOURCE_DATE_EPOCH=1700000000 && export SOURCE_DATE_EPOCH
	build one && sleep 1.1 && build two && diff "$own/one" "$own/two" && diff "$own/one.times" "$own/two.times" &&
		awk '$NF > 1700000000 && $1 !~ "^etc/apt" { print; late = 1 } END { exit late }' "$own/one.times"
}
aside "two builds with SOURCE_DATE_EPOCH have the same times, and no later ones" same_times
# clamped: succeeds if no file of the layer is later than SOURCE_DATE_EPOCH, except the locks of dpkg.
clamped() {
	late=$(cd "$upper" && find . -newermt @1700000000 ! -type d ! -type c ! -path './t/*' ! -name 'lock*')
	echo "late: $late"
	[ -z "$late" ]
}
foreign_time() {
	fresh_root
	: >"$root/srv/app"
	: >"$root/etc/machine-id"
	before
	SOURCE_DATE_EPOCH=1700000000 status 0 apt-get-install single &&
		[ "$(stat -c %Y "$root/srv/app")" -gt "$(stat -c %Y "$root/usr/share/single/version")" ] && sound
}
aside "SOURCE_DATE_EPOCH: files that the run did not change keep their time" foreign_time
# With layers on different file systems, the device of a directory differs from those of its files.
two_file_systems() {
	fresh_root
	umount -R "$root"
	mkdir "$own/second" && mount -t tmpfs tmpfs "$own/second" && mkdir -p "$own/second/var/lib" &&
		cp -a "$work/base/var/lib/dpkg" "$own/second/var/lib/" || return
	mount -t overlay -o "lowerdir=$own/second:$work/base,upperdir=$upper,workdir=$case/work" overlay "$root"
	mount -t tmpfs -o mode=755 tmpfs "$root/dev"
	mknod -m 666 "$root/dev/null" c 1 3
	SOURCE_DATE_EPOCH=1700000000 status 0 apt-get-install single && installed single && clamped
}
aside "SOURCE_DATE_EPOCH: layers on several file systems" two_file_systems
bad_epoch() {
	fresh_root
	SOURCE_DATE_EPOCH=soon status 125 apt-get-install single && said "SOURCE_DATE_EPOCH.*'soon'" && sound && [ "$(requests .)" -eq 0 ]
}
aside "SOURCE_DATE_EPOCH: an invalid value is an error" bad_epoch

cleaned() {
	fresh_root
	in_root sh -c 'apt-get update && apt-get install -qy --no-install-recommends single' >/dev/null 2>&1
	fails tidy >/dev/null && status 0 praekelt-aptwrap clean && installed single && changes | while read -r path; do
		[ -d "$upper/$path" ] || echo "$path"
	done >"$case/left"
	cat "$case/left"
	fails grep -v -e '/lock$' -e '^var/cache/debconf' "$case/left"
}
aside "clean removes what apt-get left" cleaned
no_link() {
	fresh_root
	rm -rf "$root/var/lib/apt/lists"
	mkdir -p "$root/precious" "$root/var/cache/apt/archives/partial" && echo x >"$root/precious/file"
	ln -s /precious "$root/var/lib/apt/lists"
	ln -s /precious "$root/var/cache/apt/archives/partial.deb"
	rm -rf "$root/var/log/apt" && ln -s /precious "$root/var/log/apt"
	echo x >"$root/precious/history.log"
	status 0 praekelt-aptwrap clean && [ -f "$root/precious/file" ] && [ -f "$root/precious/history.log" ]
}
aside "clean follows no symbolic link" no_link
end_asides
