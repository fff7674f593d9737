#!/bin/sh
# slow_faults.sh on the other release.
SUITE=bookworm exec "$(dirname "$0")/slow_faults.sh"
