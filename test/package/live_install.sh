#!/bin/sh
# The packages in dist/ in a fresh root of every release: installed, used, replaced and replacing, purged.
. test/package/lib.sh

state() { # what dpkg and the file system know of, beside indexes and logs
	in_root sh -c 'find / -xdev ! -path "/proc/*" ! -path "/var/lib/apt/lists/*" ! -path "/var/cache/*" \
		! -path "/var/log/*" ! -path "/var/lib/dpkg/*-old" ! -path "/dist/*" | sort'
}

for suite in bullseye bookworm trixie forky sid; do
	fresh_root $suite
	mkdir "$root/dist"
	cp dist/*.deb "$root/dist"
	state >"$work/before"
	check "$suite: apt install ./dist/*.deb" in_root sh -c 'apt-get install -y ./dist/*.deb'
	check "$suite: tini, gosu and id work together" \
		says "uid=65534(nobody) gid=65534(nogroup) groups=65534(nogroup)" tini -s -- gosu nobody id
	for name in tini tini-static dumb-init dinit praekelt-init gosu su-exec praekelt-suexec apt-get-install \
		apt-get-install.sh apt-get-purge apt-get-purge.sh install_packages praekelt-aptwrap; do
		check "$suite: $name is on PATH" in_root sh -c "command -v $name"
	done
	check "$suite: dpkg finds every file as it was packed" says "" dpkg --verify \
		praekelt-init praekelt-suexec praekelt-aptwrap praekelt-container-tools
	check "$suite: Debian's own take their place" in_root sh -c \
		'apt-get update && apt-get install -y tini gosu && dpkg --verify tini gosu && tini --version'
	check "$suite: and are replaced in one go" in_root sh -c 'apt-get install -y ./dist/*.deb &&
		! dpkg-query -W -f "\${db:Status-Abbrev}\n" tini gosu | grep "^ii" && dpkg --verify praekelt-init'
	check "$suite: purge" in_root sh -c 'dpkg --purge praekelt-container-tools praekelt-init praekelt-suexec \
		praekelt-aptwrap tini gosu'
	state >"$work/after"
	check "$suite: nothing is left" diff "$work/before" "$work/after"
done
