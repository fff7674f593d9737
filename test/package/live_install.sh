#!/bin/sh
# In a fresh root of every release, the packages in dist/ are installed, used, replaced by Debian's, installed again, purged.
. test/package/lib.sh

state() { # what dpkg and the file system know of, beside indexes and logs
	in_root sh -c 'find / -xdev ! -path "/proc/*" ! -path "/var/lib/apt/lists/*" ! -path "/var/cache/*" \
		! -path "/var/log/*" ! -path "/var/lib/apt/extended_states" ! -path "/var/lib/dpkg/*-old" ! -path "/dist/*" | sort'
}

# The same packages with a lower version, in old/.
mkdir "$work/old"
for deb in dist/*.deb; do
	rm -rf "$work/unpacked"
	dpkg-deb -R "$deb" "$work/unpacked"
	sed -i -e 's/^Version: .*/Version: 0.0.1/' -e 's/(>= [^)]*)/(>= 0.0.1)/g' "$work/unpacked/DEBIAN/control"
	dpkg-deb -b --root-owner-group "$work/unpacked" "$work/old" >/dev/null || exit 1
done

for suite in bullseye bookworm trixie forky sid; do
	fresh_root $suite
	mkdir "$root/dist"
	cp dist/*.deb "$root/dist"
	cp -R "$work/old" "$root/dist/old"
	state >"$work/before"
	check "$suite: an older version" in_root sh -c 'apt-get install -y ./dist/old/*.deb'
	check "$suite: is upgraded by apt install ./dist/*.deb" in_root sh -c 'apt-get install -y ./dist/*.deb'
	check "$suite: tini, gosu and id work together" \
		says "uid=65534(nobody) gid=65534(nogroup) groups=65534(nogroup)" in_root tini -s -- gosu nobody id
	for name in tini tini-static dumb-init catatonit dinit praekelt-init gosu su-exec praekelt-suexec apt-get-install \
		apt-get-install.sh apt-get-purge apt-get-purge.sh install_packages praekelt-aptwrap; do
		check "$suite: $name is on PATH" in_root sh -c "command -v $name"
	done
	check "$suite: dpkg finds every file as it was packed" says "" in_root dpkg --verify \
		praekelt-init praekelt-suexec praekelt-aptwrap praekelt-container-tools
	check "$suite: Debian's own take their place" in_root sh -c \
		'apt-get update && apt-get install -y tini dumb-init gosu catatonit &&
		dpkg --verify tini dumb-init gosu catatonit && tini --version'
	check "$suite: and are replaced in one go" in_root sh -c 'apt-get install -y ./dist/*.deb &&
		! dpkg-query -W -f "\${db:Status-Abbrev}\n" tini dumb-init gosu catatonit | grep "^ii" && dpkg --verify praekelt-init'
	check "$suite: purge" in_root sh -c 'dpkg --purge praekelt-container-tools praekelt-init praekelt-suexec \
		praekelt-aptwrap tini dumb-init gosu catatonit'
	state >"$work/after"
	check "$suite: nothing is left" diff "$work/before" "$work/after"
done

# bookworm's docker.io depends on tini. Ours satisfies that, in whatever order they are installed.
fresh_root bookworm
mkdir "$root/dist"
cp dist/*.deb "$root/dist"
docker_beside_ours() {
	in_root sh -c 'dpkg-query -W -f "\${db:Status-Abbrev}\n" docker.io | grep "^ii" && dpkg --verify praekelt-init &&
		! dpkg-query -W -f "\${db:Status-Abbrev}\n" tini | grep "^ii"'
}
check "docker.io after ours" in_root sh -c 'apt-get install -y ./dist/*.deb && apt-get update &&
	apt-get install -y --no-install-recommends docker.io'
check "both are there" docker_beside_ours
check "its docker-init is ours" says "tini version 0.19.0 - git.praekelt-init" in_root docker-init --version
check "podman's init is ours" says "tini version 0.2.1_catatonit" in_root /usr/libexec/podman/catatonit --version
check "ours after docker.io with Debian's tini" in_root sh -c 'apt-get install -y tini && dpkg --verify tini &&
	apt-get install -y ./dist/*.deb'
check "both are there again" docker_beside_ours
