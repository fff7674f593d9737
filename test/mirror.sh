#!/bin/sh
# Prints where this machine's apt finds Debian: mirror.sh [main|security]
#
# Tests make their roots from the mirror that the machine itself uses, and this project names none. It works before the
# first apt-get update. If the machine has no security source, the archive is expected beside the main one.
# Exits with 1 if no mirror is found.
set -eu
. /etc/os-release

# The first source that serves main of RELEASE.
source_of() {
	# shellcheck disable=SC2016 # apt expands these, not the shell
	apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
		awk -v release="$1" '$2 == release && $3 == "main" { sub(/\/$/, "", $1); print $1; exit }'
}

main=$(source_of "$VERSION_CODENAME")
case ${1-main} in
main) uri=$main ;;
security)
	uri=$(source_of "$VERSION_CODENAME-security")
	[ -n "$uri" ] || uri=${main:+$main-security}
	;;
*)
	echo "usage: $0 [main|security]" >&2
	exit 1
	;;
esac
[ -n "$uri" ] || {
	echo "$0: no apt source of this machine serves $VERSION_CODENAME main" >&2
	exit 1
}
echo "$uri"
