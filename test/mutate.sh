#!/bin/sh
# Breaks the critical modules in one place at a time and checks that a test fails: mutate.sh LIST
#
# The list is mutations.txt, which describes its format. The work is done in a copy of the tree, build/mutate. The tests
# must pass before anything is broken. A mutation that does not apply exactly once, or that does not build, is an error:
# the list is out of date. The alarm of the tests, or of run.sh, ends a mutant that hangs.
# ONLY=TEXT runs only the mutations with that text in their name. Exits with 1 if one survives; the last lines name them.
# Needs root: it runs in a PID namespace, because a mutant may signal any process.
set -u

if [ "${MUTATE_INNER-}" != yes ]; then
	MUTATE_INNER=yes exec unshare --mount --propagation private --pid --fork --kill-child --mount-proc "$0" "$@"
fi
list=$(realpath "$1")
only=${ONLY-}
tree=build/mutate
export TEST_TIMEOUT="${TEST_TIMEOUT:-30}" PREREQUISITES=
rm -rf "$tree"
mkdir -p "$tree" && tar -c --exclude=./build --exclude=./dist --exclude=./.git . | tar -x -C "$tree" && cd "$tree" || exit 1
BIN=$PWD/build/bin PROBE=$PWD/build/host/probe
export BIN PROBE

die() {
	echo "$*" >&2
	exit 1
}

# make_tests TEST...: builds the programs and these tests, named as in test/, quietly unless it fails.
make_tests() {
	targets=
	for name; do
		targets="$targets build/host/test/$name"
	done
	# shellcheck disable=SC2086 # a list of words
	make -s B=build names build/host/probe $targets >build.log 2>&1
}

# red TEST...: succeeds if one of them fails, and sets $killer to the first that does.
red() {
	for killer; do
		test/run.sh "build/host/test/$killer" >test.log 2>&1 || return 0
	done
	return 1
}

# Replaces OLD literally; it must occur once, within a line. index() is awk's only search without a pattern.
replace() { # FILE OLD NEW
	OLD=$2 NEW=$3 awk '
		{
			at = index($0, ENVIRON["OLD"])
			if (at) {
				len = length(ENVIRON["OLD"])
				found += 1 + (index(substr($0, at + 1), ENVIRON["OLD"]) > 0)
				$0 = substr($0, 1, at - 1) ENVIRON["NEW"] substr($0, at + len)
			}
			print
		}
		END { exit found != 1 }' "$1" >mutant.c
}

# heading: builds the $tests of $file, which must pass before anything is broken.
heading() {
	# shellcheck disable=SC2086 # a list of words
	make_tests $tests || die "$(cat build.log)"
	# shellcheck disable=SC2086
	! red $tests || die "$killer fails without any mutation: $(cat test.log)"
	echo "$file: $tests"
}

mutants=0 survivors=''
mutation() { # WORD OLD NEW
	case $1 in
	*$only*) ;;
	*) return ;;
	esac
	mutants=$((mutants + 1))
	replace "$file" "$2" "$3"
	cp "$file" original.c && cp mutant.c "$file"
	# shellcheck disable=SC2086
	make_tests $tests || die "$1: does not build: $(cat build.log)"
	# shellcheck disable=SC2086
	if red $tests; then
		echo "  killed    $1 ($killer)"
	else
		echo "  SURVIVES  $1"
		survivors="$survivors
$file: $1"
	fi
	# cp gives it the current time, so that make builds it again.
	cp original.c "$file"
}

applies() { # WORD OLD NEW
	replace "$file" "$2" "$3" || die "$1: not exactly once in $file: $2"
}

# visit HEADING MUTATION: calls these for each line.
visit() {
	while IFS= read -r line; do
		case $line in
		'' | '#'*) ;;
		'['*)
			file=${line#[} tests=${line#*] }
			file=${file%%]*}
			"$1"
			;;
		*)
			change=${line#* :: }
			"$2" "${line%% :: *}" "${change%% ==> *}" "${change#* ==> }"
			;;
		esac
	done <"$list"
}

visit : applies
visit heading mutation
alive=$(printf '%s' "$survivors" | grep -c .)
echo "$mutants mutants, $((mutants - alive)) killed, $alive survive$survivors"
[ "$alive" -eq 0 ] && [ "$mutants" -gt 0 ]
