#!/bin/sh
# Runs the black-box and unit tests on the release's programs of s390x; see suite.sh.
# shellcheck disable=SC2034 # for suite.sh
arch=s390x
. test/release/suite.sh
