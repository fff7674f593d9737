#!/bin/sh
# make repo makes a signed repository that apt installs from, and that apt refuses if one byte was changed.
. test/package/lib.sh

# A loopback port of the machine, because a new network namespace could not reach the mirror.
port=$((20000 + $$ % 20000))
GNUPGHOME=$work/gnupg
export GNUPGHOME
mkdir -m 700 "$GNUPGHOME"
check "a signing key" gpg --batch --quiet --passphrase '' --quick-gen-key 'Test <test@example.org>' ed25519 sign 1d
check "make repo without a key says so" fails make repo PREREQUISITES= SIGN_WITH=
check "make repo" make repo PREREQUISITES= SIGN_WITH=test@example.org REPO_URL=http://127.0.0.1:$port
gpgconf --kill all

cp -R dist/repo "$work/www"
/usr/bin/python3 -m http.server --bind 127.0.0.1 --directory "$work/www" $port >"$work/server" 2>&1 &
server=$!
finish() {
	kill $server
}

fresh_root bookworm
rm -f "$root"/etc/apt/sources.list "$root"/etc/apt/sources.list.d/*
cp dist/repo/praekelt-container-tools.gpg "$root/usr/share/keyrings"
cp dist/repo/praekelt-container-tools.sources "$root/etc/apt/sources.list.d"
forget() {
	in_root sh -c 'apt-get purge -y "praekelt-*"; rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/*.deb'
	rm -rf "$work/www"
	cp -R dist/repo "$work/www"
} >/dev/null 2>&1
get() {
	in_root sh -c 'apt-get -o APT::Update::Error-Mode=any update && apt-get install -y praekelt-container-tools'
}
check "apt install praekelt-container-tools" get
check "it works" says nobody in_root tini -s -- gosu nobody id -un
forget
check "apt install once more, after forgetting all" get

forget
deb=$(find "$work/www/pool" -name 'praekelt-suexec_*')
printf X | dd of="$deb" bs=1 seek=2000 conv=notrunc status=none
check "a changed package is refused" fails get
check "and not installed" fails in_root dpkg-query -W praekelt-suexec
forget
packages=$(find "$work/www/dists" -path "*binary-$(dpkg --print-architecture)*" -name 'Packages*')
for file in $packages; do printf X | dd of="$file" bs=1 seek=20 conv=notrunc status=none; done
check "a changed index is refused" fails get
forget
sed -i 's/^Origin: .*/Origin: somebody-else/' "$work"/www/dists/stable/InRelease
rm "$work"/www/dists/stable/Release
check "a changed Release is refused" fails get
forget
rm "$work"/www/dists/stable/InRelease "$work"/www/dists/stable/Release.gpg
check "an unsigned Release is refused" fails get
