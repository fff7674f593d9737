#!/bin/sh
# Runs some live_ scripts with the oldest and the newest supported apt.
for suite in bullseye forky; do
	for script in install groups residue; do
		echo "# $script on $suite"
		SUITE=$suite "$(dirname "$0")/live_$script.sh" || exit
	done
done
