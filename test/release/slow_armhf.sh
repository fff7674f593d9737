#!/bin/sh
# Runs the black-box and unit tests on the release's programs of armhf; see suite.sh.
# shellcheck disable=SC2034 # for suite.sh
arch=armhf
. test/release/suite.sh
