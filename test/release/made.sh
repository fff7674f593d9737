#!/bin/sh
# Makes a release of HEAD, signed with a key made for that, and prints its folder: made.sh [NUMBER]
#
# Kept in build/test-release by commit and NUMBER: another number is another clone, with the same key. Beside dist/ are the
# key, in gnupg/, and the URL for which the repository is made, in url: a loopback port.
set -eu
made=$PWD/build/test-release/$(git rev-parse HEAD)
export GNUPGHOME="$made/gnupg"
if [ ! -d "$GNUPGHOME" ]; then
	rm -rf build/test-release
	mkdir -p "$made"
	mkdir -m 700 "$GNUPGHOME"
	gpg --batch --quiet --passphrase '' --quick-gen-key 'Test <test@example.org>' ed25519 sign 2d >&2
	echo "http://127.0.0.1:$((20000 + $$ % 20000))" >"$made/url"
fi
clone=$made/${1:-1}
if [ ! -e "$clone/made" ]; then
	rm -rf "$clone"
	git clone -q --no-hardlinks . "$clone" >&2
	mkdir -p build/roots "$clone/build"
	ln -s "$PWD/build/roots" "$clone/build/roots"
	make -C "$clone" release PREREQUISITES= SIGN_WITH=test@example.org REPO_URL="$(cat "$made/url")" >"$made/log" 2>&1 || {
		cat "$made/log" >&2
		exit 1
	}
	: >"$clone/made"
fi
gpgconf --kill all
echo "$clone/dist/release"
