#!/bin/sh
# Prints where this machine's apt finds Debian: mirror.sh [main|security]
#
# Tests make their roots from the mirror that the machine itself uses, never from one written down here. Works
# before the first apt-get update. Ends with 1 where there is none.
set -eu
. /etc/os-release
case ${1-main} in
main) release=$VERSION_CODENAME ;;
security) release=$VERSION_CODENAME-security ;;
*)
	echo "usage: $0 [main|security]" >&2
	exit 1
	;;
esac
# shellcheck disable=SC2016 # apt expands these, not the shell
uri=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
	awk -v release="$release" '$2 == release && $3 == "main" { sub(/\/$/, "", $1); print $1; exit }')
[ -n "$uri" ] || {
	echo "$0: no apt source of this machine serves $release main" >&2
	exit 1
}
echo "$uri"
