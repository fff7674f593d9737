#!/bin/sh
# make release makes all files, with checksums and signatures, and a second clone gives the same bytes.
. test/package/lib.sh
. test/release/lib.sh

file_names() { # prints the names of a release's files, without the signatures
	for arch in $architectures; do
		for name in $names; do echo "$name-$arch"; done
		for program in init suexec aptwrap; do echo "praekelt-${program}_${version}_$arch.deb"; done
		echo "praekelt-container-tools-$version-$arch-static.tar.xz"
	done
	echo "praekelt-container-tools_${version}_all.deb"
	for kind in cdx spdx; do echo "praekelt-container-tools-$version.$kind.json"; done
}
file_names | sort >"$work/names"
sums_are_of_everything() {
	sed 's/^[0-9a-f]*  //' "$release/SHA256SUMS" | sort | diff "$work/names" - && (cd "$release" && sha256sum --quiet -c SHA256SUMS)
}
signed() { # FILE...
	for file; do
		gpgv --keyring "$made/key.gpg" "$file.asc" "$file" || return
	done
}
unsigned() { # the files without a signature of their own
	find "$release" -maxdepth 1 -type f ! -name '*.asc' -printf '%f\n' | while read -r file; do
		[ -e "$release/$file.asc" ] || echo "$file"
	done | sort
}

check "SHA256SUMS has every file" sums_are_of_everything
check "it is signed" signed "$release/SHA256SUMS"
for arch in $architectures; do
	for name in $names; do check "$name-$arch is signed" signed "$release/$name-$arch"; done
	check "$arch: the tarball is signed" signed "$release/praekelt-container-tools-$version-$arch-static.tar.xz"
done
check "packages and bills have no signature but that of their sums" says "$(grep 'deb$\|json$' "$work/names")" unsigned
cp "$release/gosu-amd64" "$release/gosu-amd64.asc" "$work"
printf X >>"$work/gosu-amd64"
check "a changed binary is not" fails signed "$work/gosu-amd64"

another=$(test/release/made.sh 2) || give_up "make release in another clone"
check "another clone gives the same bytes" diff -r -x '*.asc' -x InRelease -x Release.gpg "$release" "$another"
check "and has the same files" says "$(cd "$release" && find . | sort)" sh -c "cd '$another' && find . | sort"

# make release refuses uncommitted files and a key that it cannot use.
refuses() { # LINE MAKE-ARGUMENT...
	line=$1
	shift
	! make -C "$made/1" release PREREQUISITES= "$@" >"$work/refused" 2>&1 || return 1
	cat "$work/refused"
	grep -q "$line" "$work/refused"
}
check "a key that gpg does not have" refuses "make release: gpg cannot sign with the key 'nobody@example.org'" \
	SIGN_WITH=nobody@example.org
: >"$made/1/not-committed"
check "a file that is not in the commit" refuses 'not-committed' SIGN_WITH=
rm "$made/1/not-committed"
check "the release that was there is still there" sums_are_of_everything
