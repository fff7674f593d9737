#!/bin/sh
# What Debian's own checkers say of the build that make check-package just did, and of its packages: nothing.
. test/package/lib.sh

check "blhc: every compiler and linker call is hardened" says "" blhc --all --debian build/deb.log
check "lintian: not even a pedantic word" says "" \
	lintian --allow-root --fail-on error,warning,info,pedantic -I -E --pedantic dist/*.changes
