#!/bin/sh
# Makes sure that the Debian packages are there that a make target needs: prerequisites.sh TARGET
#
# As root it installs what is missing and says which; as another user it names what is missing and fails.
set -eu

build='gcc libc6-dev make musl-tools'
deb="$build build-essential debhelper libcmocka-dev"
engine='docker.io ca-certificates'
base='debuerreotype debootstrap python3 python3-pip python3-setuptools python3-wheel'
clang='clang libclang-rt-dev'
check="$build libcmocka-dev procps util-linux libcap2-bin mmdebstrap python3 strace tini dumb-init \
	reprepro gpg gpg-agent"
case ${1-} in
build) want=$build ;;
check) want=$check ;;
sanitize) want="$check $clang valgrind" ;;
slow) want="$build python3-prctl python3-psutil python3-py python3-pytest python3-pytest-timeout" ;;
deb) want=$deb ;;
repo) want="$deb reprepro gpg gpg-agent" ;;
image) want="$deb $engine" ;;
demo) want="$deb $engine $base" ;;
package-test) want="$deb blhc lintian mmdebstrap reprepro gpg gpg-agent python3 busybox-static" ;;
image-test) want="$deb $engine $base busybox-static mmdebstrap podman runc" ;;
lint) want="$build libcmocka-dev $clang clang-format clang-tidy shellcheck mandoc python3" ;;
fuzz) want="$build $clang" ;;
bench) want="$build binutils python3 mmdebstrap strace tini dumb-init catatonit gosu runit s6 util-linux" ;;
*)
	echo "usage: $0 build|check|slow|sanitize|deb|repo|image|demo|package-test|image-test|lint|fuzz|bench" >&2
	exit 1
	;;
esac

missing=
for package in $want; do
	case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in
	installed) ;;
	*) missing="$missing $package" ;;
	esac
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" -ne 0 ]; then
	echo "$0: missing Debian packages, install them or run this as root:$missing" >&2
	exit 1
fi
echo "installing from Debian:$missing"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# shellcheck disable=SC2086 # a list of words
if ! { apt-get update && apt-get install -y --no-install-recommends $missing; } </dev/null >"$log" 2>&1; then
	cat "$log" >&2
	exit 1
fi
