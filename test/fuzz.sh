#!/bin/sh
# Runs fuzz targets, each from the seed corpus beside its source: fuzz.sh SECONDS TARGET...
#
# A finding is kept in build/fuzz/findings and fails the run; new corpus entries go to build/fuzz/corpus only.
set -eu
seconds=$1
shift
mkdir -p build/fuzz/findings
for target; do
	name=$(basename "$target") program=$(basename "$(dirname "$target")")
	seeds=test/$program/corpus/${name#fuzz_}
	found=build/fuzz/corpus/$name
	mkdir -p "$found"
	echo "$program/$name: $seconds s"
	"$target" -max_total_time="$seconds" -timeout=10 -print_final_stats=1 -verbosity=0 \
		-artifact_prefix=build/fuzz/findings/"$name"- "$found" "$seeds"
done
