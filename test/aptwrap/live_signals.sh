#!/bin/sh
# Signals at every stage: apt-get is not left over, dpkg finishes its transaction, everything is tidied up, and the
# program dies by the same signal. After SIGKILL the next run tidies up.
#
# MOMENTS: how many random moments of each kind, 2 unless set.
# shellcheck source=test/aptwrap/lib.sh
. "$(dirname "$0")/lib.sh"
in_namespaces "$@"
suite=${SUITE:-trixie}

# start COMMAND...: runs it in the root, in the background; $pid is the program's.
start() {
	: >"$work/said"
	in_root "$@" >"$work/said" 2>&1 </dev/null &
	job=$!
	until pid=$(pgrep -o -x apt-get-install); do
		kill -0 "$job" || return
		sleep 0.01
	done
}

# until_seen FILE PATTERN: waits for a line of the file.
until_seen() {
	until grep -q -- "$2" "$1"; do
		kill -0 "$job" 2>/dev/null || return
		sleep 0.02
	done
}

# ends STATUS: how the program in the background ended.
ends() {
	wait "$job"
	got=$?
	cat "$work/said"
	[ $got -eq "$1" ] || {
		echo "status $got, not $1"
		return 1
	}
}

next_install_works() {
	faults && status 0 apt-get-install -q libnghttp2-14 && installed libnghttp2-14 && sound
}

# in_download SIGNAL STATUS
in_download() {
	fresh_root "$suite"
	faults "slow - $3"
	start apt-get-install -q curl && until_seen "$work/requests" "slow .*$3" && kill -s "$1" "$pid" && ends "$2" &&
		not_installed curl && sound && next_install_works
}
check "SIGTERM while indexes are fetched" in_download TERM 143 binary-amd64
check "SIGINT while packages are fetched" in_download INT 130 'deb$'
check "SIGHUP while packages are fetched" in_download HUP 129 'deb$'

# A terminal's ^C comes to the whole foreground group: it must not get to dpkg.
in_dpkg() {
	fresh_root "$suite"
	make_deb slow 1 preinst 'echo in-preinst; sleep 1; echo after-preinst' 'Depends: libkeyutils1'
	start apt-get-install -v /slow.deb && until_seen "$work/said" in-preinst && kill -s "$1" "$pid" &&
		kill -s "$1" "$pid" && ends "$2" && said after-preinst && installed slow libkeyutils1 && sound &&
		next_install_works
}
check "SIGTERM, twice, while dpkg unpacks: it finishes" in_dpkg TERM 143
check "SIGINT, twice, while dpkg unpacks: it finishes" in_dpkg INT 130
check "SIGQUIT, twice, while dpkg unpacks: it finishes" in_dpkg QUIT 131

group_gets_it() {
	fresh_root "$suite"
	make_deb slow 1 preinst 'echo in-preinst; sleep 1; echo after-preinst'
	start setsid apt-get-install -v /slow.deb && until_seen "$work/said" in-preinst && kill -s INT -- "-$pid" &&
		ends 130 && said after-preinst && installed slow && sound
}
check "^C at a terminal does not get to dpkg" group_gets_it
ignored() {
	fresh_root "$suite"
	make_deb slow 1 preinst 'echo in-preinst; sleep 1; echo after-preinst'
	start sh -c 'trap "" HUP; exec apt-get-install -v /slow.deb' && until_seen "$work/said" in-preinst &&
		kill -s HUP "$pid" && ends 0 && installed slow
}
check "an ignored SIGHUP stays ignored" ignored
while_waiting() {
	fresh_root "$suite"
	faults '503 - InRelease'
	start apt-get-install --retries 9 curl && until_seen "$work/said" 'again in 2 s' && kill -s TERM "$pid" && ends 143 &&
		sound
}
check "SIGTERM between two tries" while_waiting

reader_gone() {
	fresh_root "$suite"
	status 0 sh -c '{ apt-get-install -v libkeyutils1; echo $? >/status; } | true; cat /status' && said '^0$' && installed libkeyutils1 &&
		sound
}
check "nobody reads the output: it goes on" reader_gone
nothing_open() {
	fresh_root "$suite"
	status 0 sh -c 'umask 077; apt-get-install -v --virtual .g libkeyutils1 <&- >&- 2>&-' && installed libkeyutils1 && sound &&
		status 0 setpriv --reuid 65534 --clear-groups praekelt-aptwrap list && said '^.g: libkeyutils1$'
}
check "no standard input or output, and a strict umask" nothing_open

# The wrapper alone is killed, apt-get and dpkg are not: they go on, and the next run waits for them.
wrapper_killed() {
	fresh_root "$suite"
	make_deb slow 1 preinst 'echo in-preinst; sleep 1; echo after-preinst'
	start sh -c 'apt-get-install -v /slow.deb; apt-get-install -q libkeyutils1' &&
		until_seen "$work/said" in-preinst && kill -s KILL "$pid" && ends 0 && installed slow libkeyutils1 && sound
}
check "SIGKILL of the wrapper alone while dpkg unpacks" wrapper_killed
download_killed() {
	fresh_root "$suite"
	faults 'slow 1 deb$'
	start sh -c 'apt-get-install curl; praekelt-aptwrap clean; dpkg -l curl' && until_seen "$work/requests" 'slow .*deb$' &&
		kill -s KILL "$pid" && ends 0 && sound && next_install_works
}
check "SIGKILL of the wrapper alone while packages are fetched: clean tidies up" download_killed

# How long an install takes here, in hundredths of a second.
fresh_root "$suite"
begin=$(date +%s%2N)
in_root apt-get-install -q curl >"$work/said" 2>&1
span=$(($(date +%s%2N) - begin))

# at_random SIGNAL: some time in the course of an install.
at_random() {
	fresh_root "$suite"
	moment=$(($(od -An -N4 -tu4 /dev/urandom) % span))
	echo "after $moment hundredths of $span"
	start apt-get-install -q curl || return
	sleep "$((moment / 100)).$(printf %02d $((moment % 100)))"
	# It may have been faster this time.
	kill -s "$1" "$pid" 2>/dev/null
	wait "$job"
	got=$?
	cat "$work/said"
	case $1.$got in
	*.0 | TERM.143) sound && next_install_works ;;
	KILL.137) next_install_works ;;
	*)
		echo "status $got"
		return 1
		;;
	esac
}
for i in $(seq "${MOMENTS:-2}"); do
	check "SIGTERM at a random moment, $i" at_random TERM
	# With the program its namespace ends: apt-get and dpkg are killed as well.
	check "SIGKILL of everything at a random moment, $i" at_random KILL
done
