#!/bin/sh
# live_examples.sh on the other release.
SUITE=bookworm exec "$(dirname "$0")/live_examples.sh"
