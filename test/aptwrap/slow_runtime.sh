#!/bin/sh
# live_runtime.sh on the other release.
SUITE=bookworm exec "$(dirname "$0")/live_runtime.sh"
