#!/bin/sh
# live_groups.sh on the other release.
SUITE=bookworm exec "$(dirname "$0")/live_groups.sh"
