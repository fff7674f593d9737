#!/bin/sh
# .github/workflows: each step is an action pinned to a commit, or a make target that a test runs.
# shellcheck disable=SC2154 # work is set by tap.sh
. test/package/lib.sh

unpinned() {
	grep -hE '^ *(- )?uses:' .github/workflows/*.yml | grep -vE '@[0-9a-f]{40} # v[0-9.]+$'
}
check "every action is pinned to a commit" says '' unpinned
check "no permission that is not asked for" says '' grep -L '^permissions: {}$' .github/workflows/*.yml
check "no secret in a pull request" says '' grep -n secrets .github/workflows/test.yml

# The steps' commands, a matrix of targets written out.
commands() {
	sed -n 's/^ *- run: //p' .github/workflows/*.yml | grep -v 'matrix\.target'
	sed -n 's/^ *target: \[\(.*\)\]/\1/p' .github/workflows/test.yml | sed 's/, /\n/g; s/^/make /; s/\n/\nmake /g'
}
commands | sort -u >"$work/commands"
others() { # what gets git and make, and lets git read the checkout
	grep -vE '^(sudo )?make ' "$work/commands" | grep -vE '^apt-get update|^git config --global --add safe.directory'
}
check "all else is make" says '' others
targets=$(sed -nE 's/^(sudo )?make ([a-z-]+).*/\2/p' "$work/commands" | sort -u)
for target in $targets; do
	check "make $target is there" make -n "$target" PREREQUISITES=: TAG="v$(sed -n '1s/.*(\(.*\)).*/\1/p' debian/changelog)"
	case $target in
	check-tag) ;;
	check | check-* | demo | fuzz | lint | mutate | stress) continue ;; # tests themselves
	esac
	check "make $target is run by a test" grep -qE "make( -C [^ ]+)? $target( |\$)|\"make $target" test/release/live_*.sh test/release/made.sh
done
