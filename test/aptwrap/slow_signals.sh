#!/bin/sh
# live_signals.sh with 20 random moments of each kind.
MOMENTS=20 exec "$(dirname "$0")/live_signals.sh"
