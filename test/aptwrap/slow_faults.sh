#!/bin/sh
# Runs live_faults.sh with all combinations of fault and file, and with time-outs of minutes.
EVERY=yes exec "$(dirname "$0")/live_faults.sh"
