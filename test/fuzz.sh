#!/bin/sh
# Runs fuzz targets, one for each processor at a time, each with the seed corpus beside its source:
# fuzz.sh SECONDS TARGET...
#
# A finding is kept in build/fuzz/findings and fails the run; new corpus entries go to build/fuzz/corpus only.
set -eu
seconds=$1
shift
if [ $# -gt 1 ]; then
	printf '%s\0' "$@" | xargs -0 -n 1 -P "$(nproc)" "$0" "$seconds"
	exit
fi

target=$1
name=$(basename "$target") program=$(basename "$(dirname "$target")")
seeds=test/$program/corpus/${name#fuzz_}
found=build/fuzz/corpus/$program-$name
log=build/fuzz/$program-$name.log
mkdir -p build/fuzz/findings "$found"
if ! "$target" -max_total_time="$seconds" -timeout=10 -detect_leaks=0 -print_final_stats=1 -verbosity=0 \
	-artifact_prefix="build/fuzz/findings/$program-$name-" "$found" "$seeds" >"$log" 2>&1; then
	cat "$log" >&2
	exit 1
fi
echo "$program/$name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") runs in $seconds s, no finding"
