#!/bin/sh
# Installs from the release's apt repository on a web server, with the commands of its own page.
# shellcheck disable=SC2154 # root is set by fresh_root
. test/package/lib.sh
. test/release/lib.sh

page=$release/repo/index.html url=$(cat "$made/url")
serve "$release/repo" "${url##*:}"

# lines START END: prints these lines of the page as a browser shows them.
lines() {
	sed -n "/$1/,/$2/p" "$page" | grep -v '<' | sed 's/&amp;/\&/g'
}
check "the page is complete" fails grep -n @ "$page"
check "it names the key" grep -q "$(gpg --batch --with-colons --show-keys "$made/key.gpg" |
	awk -F: '$1 == "fpr" { print $10; exit }')" "$page"
check "its three lines" says 3 sh -c "sed -n '/<pre>/,/<\/pre>/p;/<\/pre>/q' '$page' | grep -vc '<'"

fresh_root trixie
check "curl" in_root sh -c 'apt-get update && apt-get install -y --no-install-recommends curl ca-certificates'
check "the lines of the page" in_root sh -ec "DEBIAN_FRONTEND=noninteractive
	$(lines 'As root' '<\/pre>' | sed 's/apt-get install /&-y /')"
check "the programs work" says nobody in_root tini -s -- gosu nobody id -un
check "from this repository" grep -q "500 $url stable/main amd64" <<-POLICY
	$(in_root apt-cache policy praekelt-init)
POLICY
check "purge as the page says" in_root sh -c "apt-get purge -y 'praekelt-*' && ! command -v tini"
