#!/bin/sh
# Runs slow_faults.sh on bookworm.
SUITE=bookworm exec "$(dirname "$0")/slow_faults.sh"
