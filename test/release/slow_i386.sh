#!/bin/sh
# Runs the black-box and unit tests on the release's programs of i386; see suite.sh.
# shellcheck disable=SC2034 # for suite.sh
arch=i386
. test/release/suite.sh
