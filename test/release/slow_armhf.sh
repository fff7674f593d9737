#!/bin/sh
# The black-box and the unit tests on the release's programs of armhf: suite.sh.
# shellcheck disable=SC2034 # for suite.sh
arch=armhf
. test/release/suite.sh
