#!/bin/sh
# install: arguments, package lists, the settings of the image and of the user, output.
# shellcheck source=test/aptwrap/lib.sh
. "$(dirname "$0")/lib.sh"
in_namespaces "$@"

words() {
	fresh_root
	deb <<-TEXT
		Package: local
		Depends: third
	TEXT
	status 0 apt-get-install -q single=1 'oth*' lib+ /t/local_1.deb && installed single other lib local third && sound &&
		[ "$(in_root dpkg-query -W -f '${Version}' single)" = 1 ] || return
	status 0 apt-get-install -q single/stable-security lib- && not_installed lib && sound &&
		[ "$(in_root dpkg-query -W -f '${Version}' single)" = 2 ] || return
	status 0 sh -c 'cd /t && apt-get-install -q --reinstall ./local_1.deb' && status 0 apt-get-install -q --allow-downgrades 'single=1*' &&
		[ "$(in_root dpkg-query -W -f '${Version}' single)" = 1 ] && sound || return
	# The name in the message has the backslash of the argument.
	status 100 apt-get-install 'single=2\~x' && said "'2\\\\~x'"
}
aside "all kinds of arguments of apt-get install" words
options() {
	fresh_root
	status 0 apt-get-install -s -o Debug::NoLocking=1 single && said '^Inst single' && not_installed single && sound &&
		status 100 apt-get-install -q -t nosuite single && said nosuite && status 0 apt-get-install -qt stable single && installed single &&
		[ "$(in_root dpkg-query -W -f '${Version}' single)" = 1 ] && status 0 apt-get-install -q --only-upgrade single other &&
		not_installed other && [ "$(in_root dpkg-query -W -f '${Version}' single)" = 2 ] && sound
}
aside "options of apt-get" options
# Without the proxy, the update would not find the host.
every_step() {
	fresh_root
	mv "$root/etc/apt/apt.conf.d/99test" "$root/t/user.conf"
	before
	setting="Acquire::http::Proxy=http://127.0.0.1:$port"
	status 0 apt-get-install -q -o "$setting" single && status 0 apt-get-install -q "-o$setting" other &&
		status 0 apt-get-install -q "--option=$setting" third && status 0 apt-get-install -q --option "$setting" app &&
		status 0 apt-get-install -q -c /t/user.conf conf && status 0 apt-get-install -q -c=/t/user.conf helper &&
		status 0 apt-get-install -q --config-file=/t/user.conf handbook && installed single other third app lib conf helper handbook && sound
}
aside "-o and -c reach the update" every_step
all_names() {
	fresh_root
	status 0 install_packages single && installed single && status 0 install_packages && sound &&
		status 0 apt-get-install.sh other && status 0 apt-get-purge.sh other && not_installed other &&
		status 0 praekelt-aptwrap install third && status 0 praekelt-aptwrap purge third && not_installed third && sound
}
aside "all names of the program" all_names
recommends() {
	fresh_root
	status 0 apt-get-install -q app && installed app lib && not_installed helper third || return
	fresh_root
	status 0 apt-get-install -q --recommends app && installed app lib helper && not_installed third && sound
}
aside "recommended packages only with --recommends, suggested ones never" recommends

lists() {
	fresh_root
	printf '# a list\nsingle # why\n\n\tother\r\n' >"$root/t/list"
	printf 'lib' >"$root/t/list2"
	status 0 sh -c 'echo third | apt-get-install -q --file /t/list --file=/t/list2 -' && installed single other lib third && sound || return
	printf 'one two\n' >"$root/t/list" && status 125 apt-get-install --file=/t/list && said "/t/list" "line 1" || return
	printf 'a\nb\0c\n' >"$root/t/list" && status 125 apt-get-install --file=/t/list && said '/t/list' NUL || return
	printf -- '--allow-unauthenticated\n' >"$root/t/list" && fails status 0 apt-get-install -q --file=/t/list &&
		said '--allow-unauthenticated' || return
	status 125 apt-get-install --file /nowhere && said "/nowhere.*No such file" || return
	seq 1 10000 | sed 's/^/nosuchpackage/' >"$root/t/list" && status 100 apt-get-install -q --file /t/list &&
		said 'nosuchpackage9999' && sound
}
aside "package lists" lists
empty() {
	fresh_root
	for program in apt-get-install install_packages apt-get-purge; do
		status 125 $program '' && status 125 $program single '' && [ "$(requests .)" -eq 0 ] || return
	done
	: >"$root/t/list"
	status 125 apt-get-install && status 125 apt-get-install.sh && not_installed single && status 0 apt-get-install --file /t/list &&
		status 0 apt-get-purge && status 0 apt-get-purge.sh && status 0 install_packages && [ "$(requests .)" -eq 0 ] && sound
}
aside "no arguments, and an empty one: nothing is fetched" empty
unknown() {
	fresh_root
	status 100 apt-get-install nosuchpackage && said 'Unable to locate package nosuchpackage' && [ "$(requests /InRelease)" -eq 2 ] &&
		status 100 apt-get-install single nosuchpackage && not_installed single && sound
}
aside "an unknown package: apt's message and status, without a retry" unknown
not_root() {
	fresh_root
	status 125 setpriv --reuid 65534 --clear-groups apt-get-install single && [ "$(wc -l <"$case/said")" -eq 1 ] && said root && sound
}
aside "not root" not_root
no_apt() {
	fresh_root
	mv "$root/usr/bin/apt-get" "$root/t" && before
	status 125 apt-get-install single && [ "$(wc -l <"$case/said")" -eq 1 ] && said 'apt-get' && sound
}
aside "no apt-get" no_apt

dry_run() {
	fresh_root
	status 0 setpriv --reuid 65534 --clear-groups apt-get-install --dry-run --recommends single "it's" &&
		said '^apt-get .*update' "^apt-get .*install.* single 'it'.*'s'" && sound && [ "$(requests .)" -eq 0 ]
}
aside "--dry-run prints the commands, and nothing changes" dry_run
trace() {
	fresh_root
	status 0 apt-get-install --trace single && said '^+ apt-get .*update' '^+ apt-get .*install.* single' &&
		status 0 env APTWRAP_TRACE=1 apt-get-install other && said '^+ apt-get .*install.* other'
}
aside "--trace shows each command" trace
environment() {
	fresh_root
	deb <<-'TEXT'
		Package: env
		Postinst: echo "$DEBIAN_FRONTEND"; [ -t 0 ] || cat; umask
	TEXT
	status 0 sh -c 'umask 077; apt-get-install -v /t/env_1.deb' && said '^noninteractive$' '^0022$' && sound
}
aside "maintainer scripts: noninteractive, empty input, umask 022" environment

counts() { # COMMAND...: the summary has the number of packages and the size of the download.
	status 0 "$@" single app && said 'installed 3 packages, .* on disk, [1-9][0-9.]* kB fetched, .* s$' && installed single app lib && sound
}
settings() {
	for setting in 'APT::Output-Version "30";' 'quiet "2";' 'quiet "1"; Dpkg::Use-Pty "0";' 'APT::Get::Show-Versions "1";'; do
		fresh_root
		echo "$setting" >"$root/etc/apt/apt.conf.d/00image"
		before
		counts apt-get-install || return
	done
}
aside "settings of apt's output do not change the summary" settings
# The test makes the locale: minimal roots have none.
comma() {
	fresh_root
	printf 'LC_NUMERIC\ndecimal_point ","\nthousands_sep "."\ngrouping 3;3\nEND LC_NUMERIC\n' >"$root/t/comma"
	printf '<code_set_name> ASCII\n<escape_char> /\nCHARMAP\n%s\nEND CHARMAP\n' \
		"$(for i in $(seq 0 127); do printf '<U%04X> /x%02x c\n' "$i" "$i"; done)" >"$root/t/ascii"
	in_root localedef -c -f /t/ascii -i /t/comma --no-archive /usr/lib/locale/de_DE >/dev/null 2>&1
	before
	[ "$(in_root env LC_NUMERIC=de_DE locale decimal_point)" = , ] && counts env LC_NUMERIC=de_DE apt-get-install
}
aside "a German LC_NUMERIC does not change the summary" comma
same_retries() { # SETTING OPTION...: a 404 of a package is tried again
	fresh_root
	echo "$1" >"$root/etc/apt/apt.conf.d/00image"
	before
	shift
	faults '404 1 single_2.deb$'
	status 0 apt-get-install --retries 1 "$@" single && installed single && sound
}
aside "settings of apt's output do not change retries: Output-Version" same_retries 'APT::Output-Version "30";'
for option in -qqy -q=2 -y; do
	aside "settings of apt's output do not change retries: quiet, $option" same_retries 'quiet "2";' $option
done

warnings() {
	fresh_root
	echo 'deb [signed-by=/usr/share/keyrings/test.gpg] http://repository.test stable main' >>"$root/etc/apt/sources.list"
	before
	status 0 sh -c 'apt-get-install single >/dev/null' && said '^W: .*configured multiple times' && sound
}
aside "apt's warnings are shown on success" warnings
shown_whole() {
	fresh_root
	status 100 sh -c 'apt-get-install failing' && said 'this is why' 'Setting up lib' || return
	fresh_root
	status 0 apt-get-install single && fails said 'Setting up' && status 0 apt-get-install -v other && said 'Setting up other'
}
aside "apt's output is shown with -v, and after a failure" shown_whole

configuration() {
	fresh_root
	echo 'APT::Install-Suggests "true"; Test::Mark "image";' >"$root/etc/apt/apt.conf.d/50image"
	echo 'Test::User "user";' >"$root/t/user.conf"
	before
	deb <<-'TEXT'
		Package: env
		Postinst: apt-config dump Test
	TEXT
	status 0 env APT_CONFIG=/t/user.conf apt-get-install -v /t/env_1.deb && said 'Test::Mark "image"' 'Test::User "user"' && sound
}
aside "the configuration of the image and of the user is read" configuration
# apt-get ignores these files.
odd_configuration() {
	fresh_root
	conf=$root/etc/apt/apt.conf.d
	echo 'nonsense {{' >"$conf/70debconf~"
	echo 'nonsense {{' >"$conf/50some.dpkg-old"
	mkdir "$conf/60directory"
	ln -s /nowhere "$conf/61dangling"
	mkfifo "$conf/62fifo~"
	before
	status 0 apt-get-install -q single && installed single && sound || return
	rm -r "$conf/60directory" "$conf/61dangling" "$conf/62fifo~"
	before
	status 0 env APT_CONFIG=/nowhere apt-get-install -q other && installed other && sound
}
aside "odd files in apt.conf.d and a missing APT_CONFIG are ignored, as by apt-get" odd_configuration
broken_configuration() {
	fresh_root
	echo 'nonsense {{' >"$root/etc/apt/apt.conf.d/50broken"
	before
	status 100 apt-get-install -q single && said '50broken' && not_installed single && sound
}
aside "a broken configuration: apt's message and status" broken_configuration

# changed_conffile RESULT COMMAND...: changes the conffile; RESULT is its content after the command.
changed_conffile() {
	result=$1
	shift
	echo mine >"$root/etc/conf.conf"
	status 0 "$@" && [ "$(cat "$root/etc/conf.conf")" = "$result" ]
}
conffiles() {
	fresh_root
	set -- apt-get-install -q --allow-downgrades
	status 0 "$@" conf=1 && changed_conffile mine "$@" conf=2 || return
	changed_conffile one "$@" -o Dpkg::Options::=--force-confnew conf=1 || return
	echo 'Dpkg::Options { "--force-confnew"; };' >"$root/etc/apt/apt.conf.d/50image"
	changed_conffile two "$@" conf=2 || return
	rm "$root/etc/apt/apt.conf.d/50image"
	echo force-confnew >"$root/etc/dpkg/dpkg.cfg.d/50image"
	changed_conffile one "$@" conf=1
}
aside "a changed conffile stays, unless the image or the command line chooses the new one" conffiles
end_asides
