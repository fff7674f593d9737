#!/bin/sh
# --snapshot. The proxy takes the place of the service, and serves the small archive.
# shellcheck source=test/aptwrap/lib.sh
. "$(dirname "$0")/lib.sh"
in_namespaces "$@"

signed='[signed-by=/usr/share/keyrings/test.gpg]'
# with_sources LINES...: a root with these sources. taken: succeeds if everything came from the service.
with_sources() {
	fresh_root
	printf '%s\n' "$@" >"$root/etc/apt/sources.list"
	before
}
taken() {
	installed single && sound && [ "$(requests ' http://snapshot.debian.org/archive/debian/20250102T030405Z/')" -ge 2 ] &&
		[ "$(requests .)" -eq "$(requests ' http://snapshot.debian.org/')" ]
}
one_line() {
	with_sources "deb $signed http://deb.debian.org/debian stable main" "deb $signed https://security.debian.org/debian-security/ stable-security main" \
		'# deb http://repository.test stable main'
	status 0 apt-get-install --snapshot 20250102T030405Z single && taken &&
		[ "$(requests ' http://snapshot.debian.org/archive/debian-security/20250102T030405Z/')" -ge 1 ]
}
aside "one-line sources" one_line
deb822() {
	with_sources
	printf '%s\n' 'Types: deb' 'URIs:http://ftp.de.debian.org/debian/' 'Suites: stable' 'Components: main' \
		'Signed-By: /usr/share/keyrings/test.gpg' '' 'Enabled: no' 'Types: deb' 'URIs: http://repository.test' 'Suites: stable' \
		'Components: main' >"$root/etc/apt/sources.list.d/debian.sources"
	before
	status 0 apt-get-install --snapshot=20250102T030405Z single && taken
}
aside "deb822 sources" deb822
a_day() {
	with_sources "deb $signed http://deb.debian.org/debian stable main"
	status 0 apt-get-install --snapshot 20250102 single && installed single && [ "$(requests 'archive/debian/20250102T000000Z/')" -ge 3 ]
}
aside "a day without a time" a_day
# The Release has expired since.
valid_until() {
	with_sources "deb $signed http://deb.debian.org/debian expired main"
	status 0 apt-get-install --snapshot 20250102T030405Z single && taken
}
aside "a Release that has expired since" valid_until

# refused SOURCE TEXT: the error has the text, and no package is fetched.
refused() {
	with_sources "deb $signed http://deb.debian.org/debian stable main" "$1"
	echo http://repository.test >"$root/t/mirrors"
	fails status 0 apt-get-install --snapshot 20250102T030405Z single && said "$2" && not_installed single && sound && [ "$(requests 'deb$')" -eq 0 ]
}
aside "mirror+file: is an error" refused "deb $signed mirror+file:/t/mirrors stable-security main" mirror
aside "an unknown host is an error" refused "deb $signed http://repository.test stable-security main" repository.test
aside "file: is an error" refused "deb [trusted=yes] file:/t/archive stable-security main" /t/archive
no_time() {
	with_sources "deb $signed http://deb.debian.org/debian stable main"
	status 125 apt-get-install --snapshot "$1" single && [ "$(requests .)" -eq 0 ] && sound
}
for time in soon 2025 20250102T0304 ''; do
	aside "an invalid time: '$time'" no_time "$time"
done
end_asides
