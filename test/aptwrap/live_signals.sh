#!/bin/sh
# Signals in every phase: apt-get ends, dpkg finishes, the program cleans up and ends by the same signal. After SIGKILL the
# next run succeeds.
#
# MOMENTS is the number of random moments for each signal, 2 unless set.
# shellcheck source=test/aptwrap/lib.sh
. "$(dirname "$0")/lib.sh"
in_namespaces "$@"

# start COMMAND...: runs it in the root, in the background. $pid is the process of the program.
start() {
	: >"$case/said"
	in_root "$@" >"$case/said" 2>&1 </dev/null &
	job=$!
	until pid=$(pgrep -o -x apt-get-install); do
		kill -0 "$job" || return
		sleep 0.01
	done
}

# until_seen FILE PATTERN: waits until the file has a line that matches.
until_seen() {
	until grep -q -- "$2" "$1"; do
		kill -0 "$job" 2>/dev/null || return
		sleep 0.02
	done
}

# ends STATUS: waits for the command of start(). Succeeds if it ends with that status.
ends() {
	wait "$job"
	got=$?
	cat "$case/said"
	[ $got -eq "$1" ] || {
		echo "status $got, not $1"
		return 1
	}
}

next_install_works() {
	faults && rm -f "$root/t/go" && status 0 apt-get-install -q other && installed other && sound
}

# in_download SIGNAL STATUS FILE
in_download() {
	fresh_root
	faults "pause60 - $3"
	start apt-get-install -q single && until_seen "$proxy/requests" "pause.*$3" && kill -s "$1" "$pid" && takes 0 5 ends "$2" &&
		not_installed single && sound && next_install_works
}
check "SIGTERM while a Release is fetched" in_download TERM 143 InRelease
check "SIGQUIT while indexes are fetched" in_download QUIT 131 binary
check "SIGINT while packages are fetched" in_download INT 130 'deb$'
check "SIGHUP while packages are fetched" in_download HUP 129 'deb$'

# until_taken: waits until the program has read the signals that were sent to it.
until_taken() {
	until grep -q '^ShdPnd:[[:space:]]*0*$' "/proc/$pid/status"; do
		kill -0 "$job" 2>/dev/null || return
		sleep 0.02
	done
}

# The package's script waits for a file, so that dpkg runs until the test creates it.
in_dpkg() { # SIGNAL STATUS
	fresh_root
	start apt-get-install -v slow && until_seen "$case/said" in-preinst && kill -s "$1" "$pid" && kill -s "$1" "$pid" && until_taken &&
		kill -0 "$pid" && : >"$root/t/go" && ends "$2" && said after-preinst && installed slow lib && sound && next_install_works
}
check "SIGTERM, twice, while dpkg unpacks: it finishes" in_dpkg TERM 143
check "SIGINT, twice, while dpkg unpacks: it finishes" in_dpkg INT 130
check "SIGQUIT, twice, while dpkg unpacks: it finishes" in_dpkg QUIT 131
# ^C at a terminal sends SIGINT to the whole foreground group. dpkg must not get it.
group_gets_it() {
	fresh_root
	start setsid apt-get-install -v slow && until_seen "$case/said" in-preinst && kill -s INT -- "-$pid" && until_taken && : >"$root/t/go" &&
		ends 130 && said after-preinst && installed slow && sound
}
check "^C at a terminal does not reach dpkg" group_gets_it
ignored() {
	fresh_root
	start sh -c 'trap "" HUP; exec apt-get-install -v slow' && until_seen "$case/said" in-preinst && kill -s HUP "$pid" &&
		: >"$root/t/go" && ends 0 && installed slow && sound
}
check "an ignored SIGHUP stays ignored" ignored
while_waiting() {
	fresh_root
	faults 'corrupt - InRelease'
	start apt-get-install --retries 9 single && until_seen "$case/said" 'again in 4 s' || return
	tries=$(requests '/stable/InRelease')
	kill -s TERM "$pid" && ends 143 && sound && [ "$(requests '/stable/InRelease')" -eq "$tries" ]
}
check "SIGTERM between two attempts" while_waiting

reader_gone() {
	fresh_root
	status 0 sh -c '{ apt-get-install -v single; echo $? >/t/status; } | true; cat /t/status' && said '^0$' && installed single && sound
}
check "the reader of the output exits: the run goes on" reader_gone
nothing_open() {
	fresh_root
	status 0 sh -c 'umask 077; apt-get-install -v --virtual .g single <&- >&- 2>&-' && installed single && sound &&
		status 0 setpriv --reuid 65534 --clear-groups praekelt-aptwrap list && said '^\.g: single$'
}
check "closed standard input and output, and a strict umask" nothing_open

# Only the program is killed. apt-get and dpkg go on, and the next run waits for them. It cannot know that the backup of
# dpkg's status file is new, and leaves it.
wrapper_killed() {
	fresh_root
	allowed="$allowed
var/lib/dpkg/status-old"
	start sh -c 'apt-get-install -v slow; apt-get-install -q single' && until_seen "$case/said" in-preinst && kill -s KILL "$pid" &&
		: >"$root/t/go" && ends 0 && installed slow lib single && sound
}
check "SIGKILL of the program alone while dpkg unpacks: the next run waits" wrapper_killed
# The whole PID namespace is killed. The next run must not undo what happened in between.
since_then() {
	fresh_root
	faults 'pause60 - deb$'
	start apt-get-install -q single && until_seen "$proxy/requests" 'pause.*deb$' && kill -s KILL "$pid" && ends 137 && faults || return
	in_root sh -c 'apt-get update && apt-get install -qy third' >/dev/null 2>&1
	: >"$root/srv/app"
	cp -a "$root/var/log" "$root/t/log"
	SOURCE_DATE_EPOCH=1700000000 status 0 apt-get-install -q other && installed third other && diff -r "$root/var/log" "$root/t/log" &&
		grep -q third "$root/var/log/apt/history.log" &&
		[ "$(find "$root/srv/app" "$root/var/log/apt/history.log" -newermt @1700000000 | wc -l)" -eq 2 ]
}
check "SIGKILL of everything: the next run keeps later changes" since_then
in_preinst() {
	fresh_root
	[ "$1" = slow ] || printf 'Package: local\nPreinst: echo in-preinst\n [ -e /t/go ] || sleep 20\n' | deb
	start apt-get-install -v "$1" && until_seen "$case/said" in-preinst && kill -s KILL "$pid" && ends 137 && : >"$root/t/go"
}
# apt installs a package of the archive again. For a local file that is not named it reports an error.
another_then() {
	in_preinst "$1" || return
	if status 0 apt-get-install other; then
		installed other && sound
	else
		# dpkg has unpacked the package's control files there.
		said '^E: ' && tidy | sed '/dpkg\/tmp.ci/d' >"$case/rest"
		cat "$case/rest"
		[ ! -s "$case/rest" ]
	fi
}
same_then() {
	in_preinst "$1" && status 0 apt-get-install "$1" && sound
}
for word in slow /t/local_1.deb; do
	check "SIGKILL of everything in the preinst of $word: if another package can be installed, dpkg --audit is silent" another_then $word
	check "SIGKILL of everything in the preinst of $word: the same command succeeds" same_then $word
done
killed_and_cleaned() {
	fresh_root
	faults 'pause3 - deb$'
	start sh -c 'apt-get-install single; praekelt-aptwrap clean' && until_seen "$proxy/requests" 'pause.*deb$' &&
		kill -s KILL "$pid" && takes 0 10 ends 0 && sound && next_install_works
}
check "SIGKILL of the program alone while packages are fetched: clean removes the rest" killed_and_cleaned

# The duration of an install, in hundredths of a second.
fresh_root
begin=$(date +%s%2N)
in_root apt-get-install -q busy single >"$case/said" 2>&1
span=$(($(date +%s%2N) - begin))

# at_random SIGNAL: sends it at a random moment of an install.
at_random() {
	fresh_root
	allowed="$allowed
etc/passwd-?
usr/lib/python3/dist-packages/__pycache__.*"
	# The next run cannot know which files a killed dpkg and its scripts created.
	[ "$1" = TERM ] || allowed="$allowed
var/log/.*
var/lib/dpkg/.*
var/cache/ldconfig/aux-cache"
	moment=$(($(od -An -N4 -tu4 /dev/urandom) % span))
	echo "after $moment hundredths of $span"
	start apt-get-install -q busy single || return
	sleep "$((moment / 100)).$(printf %02d $((moment % 100)))"
	# The install may have ended already.
	kill -s "$1" "$pid" 2>/dev/null
	wait "$job"
	got=$?
	cat "$case/said"
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
	# The program's PID namespace ends with it: apt-get and dpkg are killed too.
	check "SIGKILL of everything at a random moment, $i" at_random KILL
done
