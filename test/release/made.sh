#!/bin/sh
# Makes a release of HEAD, signed with a key made here, and prints its folder: made.sh [NUMBER]
#
# Releases are kept in build/test-release by commit and NUMBER; each number is a clone, and all have the same key. Beside the
# clones are the key, in secret.asc and key.gpg, and the URL of the repository, a loopback port, in url.
set -eu
made=$PWD/build/test-release/$(git rev-parse HEAD)
# In a short path, because gpg-agent creates sockets in it.
GNUPGHOME=$(mktemp -d)
export GNUPGHOME
trap 'gpgconf --kill all; rm -rf "$GNUPGHOME"' EXIT
trap 'exit 1' INT TERM HUP

if [ ! -e "$made/url" ]; then
	rm -rf build/test-release
	mkdir -p "$made"
	gpg --batch --quiet --passphrase '' --quick-gen-key 'Test <test@example.org>' ed25519 sign 2d 2>/dev/null
	gpg --batch --quiet --armor --export-secret-keys >"$made/secret.asc"
	gpg --batch --quiet --export >"$made/key.gpg"
	echo "http://127.0.0.1:$((20000 + $$ % 20000))" >"$made/url"
fi
clone=$made/${1:-1}
if [ ! -e "$clone/made" ]; then
	rm -rf "$clone"
	git -c advice.detachedHead=false clone -q --no-hardlinks . "$clone"
	mkdir -p build/roots "$clone/build"
	ln -s "$PWD/build/roots" "$clone/build/roots"
	gpg --batch --quiet --import "$made/secret.asc"
	make -C "$clone" release PREREQUISITES= SIGN_WITH=test@example.org REPO_URL="$(cat "$made/url")" >"$made/log" 2>&1 || {
		cat "$made/log" >&2
		exit 1
	}
	: >"$clone/made"
fi
echo "$clone/dist/release"
