#!/bin/sh
# What is missing at run time, looked up in the Contents index of a signed repository, with real packages in it.
# shellcheck source=test/aptwrap/lib.sh
. "$(dirname "$0")/lib.sh"
in_namespaces "$@"
suite=${SUITE:-trixie}

# The repository has two suites with the same packages: one with a Contents index, "plain" without.
repository() {
	fresh_root "$suite"
	in_root sh -c 'apt-get -qq update && apt-get -qq install -y --no-install-recommends --download-only libpq5 libjpeg62-turbo libblas3 &&
		mv /var/cache/apt/archives/*.deb /'
	mkdir -p "$work/repository/conf"
	GNUPGHOME=$work/gnupg
	export GNUPGHOME
	mkdir -m 700 "$GNUPGHOME"
	gpg --batch --quiet --passphrase '' --quick-gen-key 'Test <test@example.org>' ed25519 sign 1d &&
		gpg --batch --export >"$work/$suite/usr/share/keyrings/test.gpg" || return
	common='Architectures: amd64 arm64
Components: main
SignWith: test@example.org'
	printf '%s\n' "Codename: $suite" "$common" 'Contents: percomponent nocompatsymlink .gz' '' 'Codename: plain' "$common" \
		>"$work/repository/conf/distributions"
	for codename in "$suite" plain; do
		reprepro --silent -b "$work/repository" includedeb "$codename" "$root"/*.deb || return
	done
	gpgconf --kill all
	zgrep "/libpq\.so\.5[[:space:]]*libs/libpq5$" "$work/repository/dists/$suite/main/"Contents-*.gz
}
check "a signed repository with a Contents index" repository

# needs LIBRARY FUNCTION FILE: a shared object that needs the library, for programs of the root.
needs() {
	mkdir -p "$(dirname "$root$3")"
	echo "int $2(void) { return 0; }" | cc -shared -fPIC -x c - "-Wl,-soname,$1" -o "$work/$1" &&
		echo "int $2(void); int ready(void) { return $2() >= 0; }" |
		cc -shared -fPIC -x c - -x none "$work/$1" -o "$root$3"
}
# loads FILE: whether the dynamic linker finds all that it needs; LD_BIND_NOW: its functions as well.
loads() {
	status 0 env LD_PRELOAD="$1" LD_BIND_NOW=1 /bin/true && fails grep . "$work/said"
}

# fresh CODENAME: a root that knows no package but the repository's, with a program that lacks libraries.
fresh() {
	fresh_root "$suite"
	echo "deb [signed-by=/usr/share/keyrings/test.gpg] http://repository.test $1 main" >"$root/etc/apt/sources.list"
	needs libpq.so.5 PQlibVersion /opt/app/deeper/pq.so && fails loads /opt/app/deeper/pq.so
}

by_contents() {
	fresh "$suite" && needs libjpeg.so.62 jpeg_quality_scaling /opt/app/jpeg.so || return
	status 0 apt-get-install --runtime-deps /opt/app &&
		said 'needed at run time: .*libpq5' 'needed at run time: .*libjpeg62-turbo' && fails said 'by the libraries' &&
		[ "$(requests '^200 .*/Contents-')" -eq 1 ] && installed libpq5 libjpeg62-turbo && loads /opt/app/deeper/pq.so &&
		loads /opt/app/jpeg.so && sound
}
check "the packages are found by the Contents index" by_contents
nothing_missing() {
	faults && status 0 apt-get-install --runtime-deps=/opt/app && said 'nothing to install' && [ "$(requests Contents)" -eq 0 ]
}
check "nothing is missing: no index is fetched for it" nothing_missing
# The package has it in a directory of its own, and makes it an alternative.
alternative() {
	fresh "$suite" && needs libblas.so.3 dgemm_ /opt/app/blas.so && status 0 apt-get-install --runtime-deps /opt/app &&
		installed libpq5 libblas3 && loads /opt/app/blas.so && sound
}
check "a library that is an alternative" alternative
planned() {
	fresh "$suite" && needs 'lib
.so' odd /opt/app/odd.so && inventory >"$work/before"
	status 0 setpriv --reuid 65534 --clear-groups apt-get-install --dry-run --runtime-deps /opt/app libkeyutils1 &&
		inventory | diff "$work/before" - && said '^apt-get update -q$' '^apt-get update -q -o .*Contents' \
		'^apt-get install -q -y --no-install-recommends libkeyutils1 # and what has libpq.so.5$' || return
	# A shell takes it.
	cp "$work/said" "$root/plan" && status 0 sh -e /plan && installed libkeyutils1 && not_installed libpq5 &&
		ls "$root"/var/lib/apt/lists/*_Contents-*
}
check "--dry-run: the plan, with the libraries" planned
in_the_tree() {
	fresh "$suite" && cp "$work/libpq.so.5" "$root/opt/app" &&
		status 0 apt-get-install --runtime-deps /opt/app && said 'nothing to install' && not_installed libpq5
}
check "what the tree has itself is not missing" in_the_tree
not_found() {
	fresh "$suite" && needs libqq.so.5 qq /opt/app/qq.so && needs libqr.so.1 qr /opt/app/qr.so &&
		needs 'lib
.so' odd /opt/app/odd.so || return
	status 125 apt-get-install --runtime-deps /opt/app && said "no package has 'libqq.so.5', which '/opt/app/qq.so' needs" \
		"no package has 'libqr.so.1', which '/opt/app/qr.so' needs" "no package has 'lib?.so', which" && not_installed libpq5 && sound
}
check "what cannot be found is named, all of it, and nothing is installed" not_found

# Of a mirror that has a fault for a moment the index is fetched again.
once() {
	fresh "$suite" && faults "$1 1 Contents" && status 0 apt-get-install --runtime-deps /opt/app && said 'trying again in 1 s' &&
		fails said 'by the libraries' && installed libpq5 && sound
}
check "Contents: 503 once" once 503
check "Contents: corrupt once" once corrupt
by_names() {
	said 'no sound Contents index, going by the libraries. names' && installed libpq5 && loads /opt/app/deeper/pq.so && sound
}
broken() {
	fresh "$suite" && faults 'corrupt - Contents' && status 0 apt-get-install --retries 1 --runtime-deps /opt/app && by_names
}
check "Contents: always corrupt, so by the policy's names" broken
# apt fetches the indexes anew for a package that is gone; the Contents index must not count then.
broken_and_stale() {
	fresh "$suite" && faults 'corrupt - Contents' '404 1 deb$' && status 0 apt-get-install --retries 1 --runtime-deps /opt/app && by_names
}
check "Contents: always corrupt, and a package 404 once" broken_and_stale
absent() {
	fresh plain && status 0 apt-get-install --runtime-deps /opt/app && by_names && [ "$(requests Contents)" -eq 0 ]
}
check "Contents: there is none, so by the policy's names" absent
no_name() {
	fresh plain && needs libjpeg.so.62 jpeg_quality_scaling /opt/app/jpeg.so &&
		status 125 apt-get-install --runtime-deps /opt/app && said "no package has 'libjpeg.so.62', which '/opt/app/jpeg.so' needs" &&
		not_installed libpq5 && sound
}
check "Contents: there is none, and a package with another name" no_name

# By default: all directories of packages of "python", that of a virtual environment where it is one's.
python() {
	fresh_root "$suite"
	status 0 apt-get-install -q python3-minimal libpython3-stdlib || return
	version=$(in_root python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
	echo "deb [signed-by=/usr/share/keyrings/test.gpg] http://repository.test $suite main" >"$root/etc/apt/sources.list"
	needs libpq.so.5 PQlibVersion /usr/lib/python3/dist-packages/pq.so &&
		needs libjpeg.so.62 jpeg_quality_scaling "/usr/local/lib/python$version/dist-packages/deeper/jpeg.so" &&
		status 0 apt-get-install --runtime-deps && installed libpq5 libjpeg62-turbo && sound
}
check "by default every directory of Python's packages" python
virtual_environment() {
	status 0 apt-get-purge libpq5 libjpeg62-turbo && mkdir -p "$root/venv/bin" || return
	ln -s /usr/bin/python3 "$root/venv/bin/python"
	printf '%s\n' 'home = /usr/bin' 'include-system-site-packages = false' >"$root/venv/pyvenv.cfg"
	needs libpq.so.5 PQlibVersion "/venv/lib/python$version/site-packages/pq.so" &&
		status 0 env PATH="/venv/bin:$inner_path" apt-get-install --runtime-deps && installed libpq5 && not_installed libjpeg62-turbo
}
check "by default those of the python that is meant" virtual_environment
no_python() {
	fresh "$suite" && status 125 apt-get-install --runtime-deps && said 'there is no python' && sound
}
check "by default there must be a python" no_python
