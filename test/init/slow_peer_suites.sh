#!/bin/bash
# Runs the peers' own test suites on our program under their names. They are fetched from Debian's source packages and
# stay in a temporary folder; none of it is ours. Prints TAP.
#
# Everything runs in a PID namespace: what a suite leaves behind ends with it. Where a test of theirs fails it may leave
# busy loops running, and they wait 1.5 s for some things: they want a machine that does nothing else.
# shellcheck source=test/tap.sh disable=SC2154
. "$(dirname "$0")/../tap.sh"

skip() {
	echo "ok 1 - the peers' suites # SKIP $1"
	exit 0
}
for module in prctl psutil pytest pytest_timeout py; do
	/usr/bin/python3 -c "import $module" 2>/dev/null || skip "no $module for Python here"
done
unshare --user --map-root-user --pid --fork --mount-proc true 2>/dev/null || skip 'no PID namespaces here'

# The original sources only: what Debian adds does not matter here.
fetch() {
	local suite
	suite=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
	mkdir -p "$work/lists/partial" "$work/archives/partial" "$work/source"
	echo "deb-src $("$(dirname "$0")/../mirror.sh") $suite main" >"$work/sources.list"
	(
		cd "$work/source" || exit
		cat >"$work/apt.conf" <<-END
			Dir::Etc::sourcelist "$work/sources.list";
			Dir::Etc::sourceparts "-";
			Dir::State::lists "$work/lists";
			Dir::Cache "$work";
			APT::Sandbox::User "";
			APT::Get::List-Cleanup "false";
		END
		export APT_CONFIG=$work/apt.conf
		apt-get update && apt-get source --download-only --tar-only tini dumb-init &&
			tar -xf tini_*.orig.tar.* && tar -xf dumb-init_*.orig.tar.*
	) >"$work/fetched" 2>&1
}
fetch || {
	sed 's/^/# /' "$work/fetched"
	skip 'the source packages cannot be fetched'
}

# A suite finds the program by its name and Python as Debian's.
mkdir "$work/bin" "$work/modules"
ln -s "$BIN/tini" "$BIN/dumb-init" "$work/bin"
ln -s /usr/bin/python3 "$work/bin/python"
ln -s /usr/bin/python3 "$work/bin/python3"
# tini's suite takes one thing from a module that Debian does not have: which bits of a binary number are set.
cat >"$work/modules/bitmap.py" <<'END'
class BitMap(set):
    @classmethod
    def fromstring(cls, digits):
        return cls(bit for bit, digit in enumerate(reversed(digits)) if digit == "1")

    def nonzero(self):
        return sorted(self)
END
${CC:-gcc} -o "$work/bin/sigconf-test" "$work"/source/tini-*/test/sigconf/sigconf-test.c >/dev/null 2>&1 ||
	give_up 'the helper of the suite of tini cannot be built'

# What the suites orphan has to be reaped, or it looks alive to them: so an init is PID 1.
alone() {
	HOME=$work PATH=$work/bin:$PATH PYTHONPATH=$work/modules PYTHONDONTWRITEBYTECODE=1 \
		unshare --user --map-root-user --pid --fork --kill-child --mount-proc "$BIN/tini" -- "$@"
}
tini_suite() {
	SOURCE_DIR=$(echo "$work"/source/tini-*) BUILD_DIR=$work/bin FORCE_SUBREAPER=1 \
		alone python3 "$work"/source/tini-*/test/run_inner_tests.py && grep -q 'All done' "$work/out"
}
check 'the suite of tini passes whole' tini_suite

# One line for each of its tests. Its own time-out of 5 s is for a machine that does nothing else.
cd "$work"/source/dumb-init-* || exit
alone python3 -m pytest -p no:cacheprovider -o timeout=60 -v --color=no >"$work/pytest" 2>&1
awk -v n="$tests" '/ (PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS) +\[/ {
	printf "%s %d - dumb-init, %s\n", ($2 == "PASSED" ? "ok" : "not ok"), ++n, $1
}' "$work/pytest"
check 'the suite of dumb-init passes whole' sh -c 'tail -n 40 "$1" && grep -qE "^=+ [0-9]+ passed in " "$1"' sh "$work/pytest"
