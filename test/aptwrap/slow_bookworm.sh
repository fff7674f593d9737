#!/bin/sh
# Every live_ script on the other release.
for script in "$(dirname "$0")"/live_*.sh; do
	echo "# $script"
	SUITE=bookworm "$script" || exit
done
