#!/bin/sh
# Runs the black-box and unit tests on the release's programs of arm64; see suite.sh.
# shellcheck disable=SC2034 # for suite.sh
arch=arm64
. test/release/suite.sh
