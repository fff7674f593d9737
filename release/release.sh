#!/bin/sh
# Makes the files of a release from the commit that is checked out: release.sh OUT ARCHITECTURE...
#
# OUT gets the packages, the static tarballs, the bare binaries, both bills of materials and SHA256SUMS. The same commit
# gives the same bytes. make sets VERSION and SOURCE_DATE. SIGN_WITH names the gpg key that signs SHA256SUMS, each binary and
# each tarball; if it is empty, nothing is signed.
set -eu
[ $# -gt 1 ] || {
	echo "usage: VERSION= SOURCE_DATE= SIGN_WITH= $0 OUT ARCHITECTURE..." >&2
	exit 1
}
out=$1
shift
changed=$(git status --porcelain) || exit 1
[ -z "$changed" ] || {
	printf '%s: a release is made from a commit, and these files differ from it:\n%s\n' "$0" "$changed" >&2
	exit 1
}

rm -rf build/release "$out"
mkdir -p build/release/source "$out"
git archive HEAD | tar -x -C build/release/source
TARGETS='deb static' release/build.sh build/release/source build/release/built "$@"
cp build/release/built/*.deb build/release/built/*.tar.xz "$out"
release/binaries.sh "$out" "$out" "$VERSION" "$@"
release/sbom.py "$out" "$VERSION" "$SOURCE_DATE"
rm -rf build/release

cd "$out"
# shellcheck disable=SC2094 # find does not print the file that the shell writes
find . -type f ! -name SHA256SUMS -printf '%P\n' | LC_ALL=C sort | xargs sha256sum >SHA256SUMS
[ -n "$SIGN_WITH" ] || exit 0
for file in SHA256SUMS $(find . -name '*.tar.xz' -o -type f -perm -1); do
	gpg --batch --quiet --pinentry-mode error --local-user "$SIGN_WITH" --armor --detach-sign "$file"
done
