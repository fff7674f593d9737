#!/bin/sh
# The black-box and the unit tests on the release's programs of s390x: suite.sh.
# shellcheck disable=SC2034 # for suite.sh
arch=s390x
. test/release/suite.sh
