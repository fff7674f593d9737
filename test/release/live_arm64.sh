#!/bin/sh
# The black-box and the unit tests on the release's programs of arm64: suite.sh.
# shellcheck disable=SC2034 # for suite.sh
arch=arm64
. test/release/suite.sh
