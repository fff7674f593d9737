#!/bin/sh
# Checks that the Debian packages for a make target are installed: prerequisites.sh TARGET
#
# As root it installs the missing ones and prints their names. As another user it prints the names and fails.
set -eu

build='gcc libc6-dev make musl-tools'
deb="$build build-essential debhelper libcmocka-dev"
# Since trixie, the client and BuildKit are separate packages.
case $(. /etc/os-release && echo "${VERSION_ID:-}") in
11 | 12) engine='docker.io ca-certificates' buildkit='' cbmc=mmdebstrap ;;
*) engine='docker.io docker-cli ca-certificates' buildkit='docker-buildx' cbmc=cbmc ;;
esac
base='debuerreotype debootstrap python3 python3-pip'
wheels='python3 python3-pip python3-setuptools python3-setuptools-whl python3-wheel python3-wheel-whl'
clang='clang libclang-rt-dev'
check="$build libcmocka-dev procps util-linux mount libcap2-bin mmdebstrap python3 strace tini dumb-init catatonit \
	reprepro gpg gpg-agent"
release_test="$deb $engine $buildkit binutils docker-registry git gpg gpg-agent gpgv mmdebstrap python3 qemu-user reprepro skopeo"
case ${1-} in
build) want=$build ;;
check) want=$check ;;
sanitize) want="$check $clang valgrind" ;;
coverage) want="$check gcovr" ;;
slow) want="$release_test arch-test npm python3-prctl python3-psutil python3-py python3-pytest python3-pytest-timeout" ;;
deb) want=$deb ;;
cross) want='dpkg-dev mmdebstrap' ;;
repo) want="$deb reprepro gpg gpg-agent" ;;
publish) want='docker-registry skopeo' ;;
release) want="dpkg-dev git gpg gpg-agent mmdebstrap python3 reprepro" ;;
fresh) want="mmdebstrap git" ;;
image) want="$deb $engine" ;;
example) want="$build $engine $wheels" ;;
demo) want="$deb $engine $base $wheels" ;;
package-test) want="$deb blhc lintian mmdebstrap reprepro gpg gpg-agent python3 busybox-static" ;;
release-test) want=$release_test ;;
image-test) want="$deb $engine $buildkit $base $wheels buildah busybox-static catatonit docker-registry gpg gpg-agent mmdebstrap podman reprepro runc" ;;
lint) want="$build libcmocka-dev $clang clang-format clang-tidy shellcheck mandoc python3" ;;
prove) want="gcc libc6-dev $cbmc python3 spin" ;;
fuzz) want="$build $clang" ;;
bench) want="$build binutils python3 mmdebstrap strace tini dumb-init catatonit gosu runit s6 util-linux" ;;
*)
	echo "usage: $0 build|check|coverage|slow|sanitize|deb|cross|repo|release|publish|image|example|demo|package-test|image-test|release-test|lint|prove|fuzz|bench|fresh" >&2
	exit 1
	;;
esac

missing=
for package in $want; do
	case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in
	installed) continue ;;
	esac
	case "$missing " in
	*" $package "*) ;;
	*) missing="$missing $package" ;;
	esac
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" -ne 0 ]; then
	echo "$0: Debian packages are missing; install them or run this as root:$missing" >&2
	exit 1
fi

log=$(mktemp)
policy=/usr/sbin/policy-rc.d
[ -e $policy ] && policy=
finish() {
	rm -f "$log" ${policy:+"$policy"}
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
quietly() {
	"$@" </dev/null >"$log" 2>&1 || {
		cat "$log" >&2
		exit 1
	}
}
units() {
	find /etc/systemd/system -type l 2>/dev/null | sort
}

export DEBIAN_FRONTEND=noninteractive
echo "$0: fetching the package lists"
quietly apt-get update
# shellcheck disable=SC2086 # a list of words
count=$(apt-get install -s --no-install-recommends $missing | grep -c '^Inst ') || :
echo "$0: installing from Debian ($count packages with their dependencies):$missing"
# The tests start the services that they need. A service of these packages is neither started nor enabled.
[ -z "$policy" ] || {
	printf '#!/bin/sh\nexit 101\n' >"$policy"
	chmod 755 "$policy"
}
units_before=$(units)
# shellcheck disable=SC2086 # a list of words
quietly apt-get install -y --no-install-recommends $missing
for link in $(units); do
	case $units_before in
	*"$link"*) ;;
	*) rm "$link" ;;
	esac
done
