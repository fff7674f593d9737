#!/bin/sh
# live_errors.sh on the other release.
SUITE=bookworm exec "$(dirname "$0")/live_errors.sh"
