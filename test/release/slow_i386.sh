#!/bin/sh
# The black-box and the unit tests on the release's programs of i386: suite.sh.
# shellcheck disable=SC2034 # for suite.sh
arch=i386
. test/release/suite.sh
