#!/bin/sh
# Makes a signed apt repository: repo.sh PACKAGES OUT URL ARCHITECTURE...
#
# OUT gets a pool with PACKAGES/*.deb, the indexes, the key, a .sources file for URL and a page that says how to install.
# make sets VERSION, SOURCE_DATE and SIGN_WITH. The same packages give the same bytes, except for the signatures.
set -eu
[ $# -gt 3 ] || {
	echo "usage: VERSION= SOURCE_DATE= SIGN_WITH= $0 PACKAGES OUT URL ARCHITECTURE..." >&2
	exit 1
}
packages=$1 out=$2 url=$3
shift 3
name=praekelt-container-tools
sign() {
	gpg --batch --quiet --pinentry-mode error --local-user "$SIGN_WITH" "$@"
}

rm -rf build/repo "$out"
mkdir -p build/repo/conf "$out"
printf '%s\n' "Origin: $name" "Label: $name" "Suite: stable" "Codename: stable" "Architectures: $*" 'Components: main' \
	>build/repo/conf/distributions
reprepro --silent -b build/repo --outdir "$PWD/$out" includedeb stable "$packages"/*_"$VERSION"_*.deb
rm -rf build/repo

# The date of the packages instead of today's, so that the same packages give the same file.
release=$out/dists/stable/Release
sed -i "s/^Date: .*/Date: $(LC_ALL=C date -u -d "@$SOURCE_DATE" '+%a, %d %b %Y %T UTC')/" "$release"
sign --clearsign --output "$out/dists/stable/InRelease" "$release"
sign --armor --detach-sign --output "$release.gpg" "$release"

gpg --batch --export "$SIGN_WITH" >"$out/$name.gpg"
printf '%s\n' 'Types: deb' "URIs: $url" 'Suites: stable' 'Components: main' "Signed-By: /usr/share/keyrings/$name.gpg" \
	>"$out/$name.sources"
fingerprint=$(gpg --batch --with-colons --fingerprint "$SIGN_WITH" | awk -F: '$1 == "fpr" { print $10; exit }')
sed -e "s|@URL@|$url|g" -e "s/@VERSION@/$VERSION/g" -e "s/@ARCHITECTURES@/$*/" -e "s/@FINGERPRINT@/$fingerprint/" \
	release/index.html >"$out/index.html"
