#!/bin/sh
# live_faults.sh with every combination, and with time-outs of minutes.
EVERY=yes exec "$(dirname "$0")/live_faults.sh"
