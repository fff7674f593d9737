#!/bin/sh
# Every fault of every kind of file, once and for good.
# shellcheck source=test/aptwrap/lib.sh
. "$(dirname "$0")/lib.sh"
in_namespaces "$@"
suite=${SUITE:-trixie}

# for_good FAULT PATTERN: apt's status and reason, whether or not it was worth another try; the root is in order and works.
for_good() {
	fresh_root "$suite"
	add_security
	faults "$1 - $2"
	status 100 apt-get-install -q --retries 1 --timeout 3 libkeyutils1 && said 'apt-get-install: apt-get [a-z]* failed: .' &&
		not_installed libkeyutils1 && sound && faults && status 0 apt-get-install -q libkeyutils1 && sound
}
for fault in dead stall truncate corrupt 404 503; do
	for file in "$suite-security/(In)?Release" "$suite/(In)?Release" binary-amd64 'deb$'; do
		check "$file: $fault once" harmless "$fault" "$file"
		check "$file: $fault for good" for_good "$fault" "$file"
	done
done
