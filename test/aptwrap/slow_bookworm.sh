#!/bin/sh
# Runs every live_ script on bookworm.
for script in "$(dirname "$0")"/live_*.sh; do
	echo "# $script"
	SUITE=bookworm "$script" || exit
done
