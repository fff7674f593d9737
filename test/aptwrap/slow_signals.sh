#!/bin/sh
# Runs live_signals.sh with 20 random moments for each signal, on both releases.
for suite in trixie bookworm; do
	SUITE=$suite MOMENTS=20 "$(dirname "$0")/live_signals.sh" || exit
done
