#!/bin/sh
# A mirror that fails: each fault for each kind of file, once and for ever; time-outs.
# EVERY=yes runs all combinations of fault and file.
# shellcheck source=test/aptwrap/lib.sh
. "$(dirname "$0")/lib.sh"
in_namespaces "$@"

# The server is silent for longer than the time-out that apt has by default.
endless() {
	fresh_root
	faults "pause40 1 third_1.deb\$"
	status 0 apt-get-install -q --timeout 0 --retries 0 third && installed third && sound && [ "$(requests third_1.deb)" -eq 1 ]
}
aside "--timeout 0: the run waits for ever" endless

once() { # FAULT FILE
	fresh_root
	faults "$1 1 $2"
	status 0 apt-get-install -q --timeout 1 single && installed single && sound && [ "$(requests "^$1 ")" -eq 1 ]
}
for_good() { # FAULT FILE: apt's status and message; then the next run succeeds
	fresh_root
	faults "$1 - $2"
	status 100 timeout 120 apt-get-install -q --retries 1 --timeout 1 single && said '^E: \|no byte arrived' && not_installed single && sound && faults &&
		status 0 apt-get-install -q single && sound
}
while read -r fault file live; do
	[ "$live" = yes ] || [ "${EVERY-}" = yes ] || continue
	aside "$file: $fault once" once "$fault" "$file"
	aside "$file: $fault for ever" for_good "$fault" "$file"
done <<TABLE
refuse /stable/(In)?Release
dead /stable/(In)?Release
503 /stable/(In)?Release yes
404 /stable/(In)?Release
truncate /stable/(In)?Release
stall /stable/(In)?Release
corrupt /stable/(In)?Release
refuse /stable-security/(In)?Release
dead /stable-security/(In)?Release
503 /stable-security/(In)?Release yes
404 /stable-security/(In)?Release
truncate /stable-security/(In)?Release
stall /stable-security/(In)?Release
corrupt /stable-security/(In)?Release
refuse binary
dead binary
503 binary yes
404 binary
truncate binary yes
stall binary yes
corrupt binary yes
refuse deb$ yes
dead deb$
503 deb$
404 deb$ yes
truncate deb$
stall deb$ yes
corrupt deb$ yes
TABLE

# silent SECONDS FILE: the server is silent for that long, which is less than --timeout.
silent() {
	fresh_root
	faults "pause$1 1 $2"
	takes "$1" $(($1 + 4)) status 0 apt-get-install -q --timeout $(($1 + 2)) --retries 0 single && installed single && sound &&
		[ "$(requests "$2")" -eq 1 ]
}
# given_up SECONDS FILE
given_up() {
	fresh_root
	faults "stall - $2"
	takes "$1" $(($1 + 4)) status 100 apt-get-install -q --timeout "$1" --retries 0 single && said '^E: \|no byte arrived' && sound &&
		[ "$(requests "$2")" -eq 1 ]
}
slowly() {
	fresh_root
	faults "slow - single_2.deb\$"
	takes 4 9 status 0 apt-get-install -q --timeout 2 --retries 0 single && installed single && sound
}
for file in /stable/main/binary 'deb$'; do
	aside "$file: silent for less than --timeout" silent 3 "$file"
	aside "$file: silent for more than --timeout" given_up 3 "$file"
done
aside "a slow server, never silent for as long as --timeout" slowly
if [ "${EVERY-}" = yes ]; then
	aside "silent for 98 s with --timeout 100" silent 98 'deb$'
	aside "silent for ever with --timeout 100" given_up 100 'deb$'
fi

# If a package has gone from the archive, the indexes are old and are fetched again.
stale() {
	fresh_root
	faults '404 1 deb$'
	status 0 apt-get-install -q single && installed single && [ "$(requests '/stable/InRelease')" -eq 2 ] && sound
}
aside "a package has gone: the indexes are fetched again" stale
no_retry() {
	fresh_root
	faults '404 - deb$'
	status 100 apt-get-install -q --retries 0 single && said 404 && [ "$(requests 'deb$')" -eq 1 ] && sound
}
aside "--retries 0" no_retry
patient() {
	fresh_root
	faults 'corrupt 2 deb$'
	status 0 apt-get-install -q --retries 2 single && installed single && [ "$(requests '^corrupt')" -eq 2 ] && sound
}
aside "--retries 2" patient
no_names() {
	fresh_root
	rm "$root/etc/apt/apt.conf.d/99test"
	sed -i 's/repository.test/mirror.invalid/' "$root/etc/apt/sources.list"
	: >"$root/etc/resolv.conf"
	before
	takes 0 20 status 100 apt-get-install -q --retries 1 single && said 'mirror.invalid' && sound
}
aside "no DNS" no_names
no_route() {
	fresh_root
	takes 0 20 status 100 unshare --net apt-get-install -q --retries 1 single && said 'nreachable\|^E: ' && sound
}
aside "no network" no_route

unusable() { # SUITE TEXT
	fresh_root
	use_suite "$1"
	status 100 apt-get-install --retries 1 single && said "^E: .*$2" && not_installed single && sound
}
aside "an absent suite" unusable nowhere 'does not have a Release file'
aside "an unsigned archive" unusable unsigned 'is not signed'
aside "an expired Release" unusable expired 'expired'

end_asides
