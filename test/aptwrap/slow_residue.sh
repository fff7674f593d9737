#!/bin/sh
# live_residue.sh on the other release.
SUITE=bookworm exec "$(dirname "$0")/live_residue.sh"
