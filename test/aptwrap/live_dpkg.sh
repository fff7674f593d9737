#!/bin/sh
# Maintainer scripts that fail or ask, an interrupted dpkg, locks, full disks.
# shellcheck source=test/aptwrap/lib.sh
. "$(dirname "$0")/lib.sh"
in_namespaces "$@"

# as_plain_apt PACKAGE: the run ends with apt's status and leaves the packages in the same state as apt-get does.
as_plain_apt() {
	fresh_root
	[ -z "$first" ] || status 0 apt-get-install -q "$first" || return
	status 100 apt-get-install -q "$1" && tidy && in_root dpkg -l >"$own/ours" || return
	fresh_root
	[ -z "$first" ] || status 0 apt-get-install -q "$first" || return
	in_root sh -c "apt-get update; DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $1 </dev/null" >/dev/null 2>&1
	in_root dpkg -l | diff - "$own/ours"
}
failing() {
	first='' as_plain_apt failing && fresh_root && status 100 apt-get-install -q failing &&
		said 'this is why' 'returned error exit status 3' || return
	: >"$root/t/well"
	status 0 apt-get-install -q other && installed other failing lib && sound
}
aside "a postinst fails: apt's message and status, and the next run configures the package" failing
conflicting() {
	first=single as_plain_apt rival && [ "$(state_of rival)$(state_of single)" != "" ]
}
aside "a package replaces another and its postinst fails: the state is that of apt-get" conflicting
asking() {
	first='' as_plain_apt asking && fresh_root && status 100 apt-get-install -q asking && said 'exit status 4'
}
aside "a postinst that reads standard input fails" asking
terminal() {
	fresh_root
	on_terminal=yes status 100 timeout -k 1 20 apt-get-install "$@" terminal && said 'exit status 6' && tidy
}
aside "a postinst that reads the terminal fails" terminal
aside "a postinst that reads the terminal fails, with -v" terminal -v
no_terminal() {
	fresh_root
	status 100 timeout -k 1 20 apt-get-install terminal && said 'exit status 6' && tidy
}
aside "a postinst that reads the terminal fails if there is none" no_terminal
shown_on_terminal() {
	fresh_root
	on_terminal=yes status 0 apt-get-install single && installed single && said 'Setting up single' 'installed 1 package' && sound
}
aside "on a terminal, apt's output is shown" shown_on_terminal
failing_removal() {
	fresh_root
	status 0 apt-get-install -q staying && status 100 apt-get-purge staying && said 'exit status 5' && installed staying
}
aside "a prerm fails" failing_removal

interrupted() {
	fresh_root
	deb <<-'TEXT'
		Package: victim
		Postinst: [ -e /t/well ] || kill -9 $PPID
	TEXT
	in_root dpkg -i /t/victim_1.deb
	rm "$root/var/log/dpkg.log"
	: >"$root/t/well"
	status 0 apt-get-install single && installed victim single && sound
}
aside "dpkg was killed in a postinst: the next run finishes it" interrupted

# perl -e "$holding" SECONDS FILE COMMAND...: holds a lock with fcntl(), as apt does, and starts the command meanwhile.
# shellcheck disable=SC2016 # for perl
holding='
	my ($seconds, $file, @command) = @ARGV;
	open F, ">", $file or die "$file: $!";
	my $lock = pack("s s x4 q q i x4", 1, 0, 0, 0, 0);
	fcntl F, 6, $lock or die "lock: $!";
	my $pid = fork;
	exec @command or die if !$pid;
	sleep $seconds;
	close F;
	waitpid $pid, 0;
	exit($? >> 8)'
cache_mounts() {
	fresh_root
	mount -t tmpfs tmpfs "$root/var/lib/apt/lists"
	mkdir -p "$root/var/cache/apt/archives"
	mount -t tmpfs tmpfs "$root/var/cache/apt/archives"
	before
}
lock_waited() {
	cache_mounts
	status 0 perl -e "$holding" 2 "$1" apt-get-install --timeout 1 --retries 0 --lock-timeout 20 single && installed single && sound
}
# shellcheck disable=SC2016 # for the inner shell
lock_lost() {
	cache_mounts
	status 0 perl -e "$holding" 6 "$1" sh -c 'begin=$(date +%s); timeout 20 apt-get-install --lock-timeout 2 single && exit 9
		took=$(($(date +%s) - begin)) && echo "it took $took s" && [ $took -ge 1 ] && [ $took -le 4 ]' && said '[Ll]ock' && not_installed single && sound
}
for lock in /var/lib/dpkg/lock-frontend /var/lib/apt/lists/lock /var/cache/apt/archives/lock; do
	aside "$lock is held: the run waits, and --timeout does not count" lock_waited $lock
	aside "$lock is held for longer than --lock-timeout" lock_lost $lock
done
second_run() {
	fresh_root
	# While it waits for the lock, the second one has the private directory open.
	status 0 sh -c 'apt-get-install -v slow >/t/said & until grep -q in-preinst /t/said; do sleep 0.1; done
		apt-get-install --lock-timeout 1 single && exit 9
		apt-get-install other & until ls -l /proc/$!/fd | grep -q praekelt-aptwrap; do sleep 0.05; done
		: >/t/go; wait $! && wait' && installed slow other && not_installed single && sound
}
aside "two runs at the same time: the second waits" second_run

full_disk() {
	fresh_root
	mount -t tmpfs -o size=32k tmpfs "$root/var/cache"
	fails status 0 apt-get-install single && said 'No space left\|free space' && not_installed single && sound
}
aside "a full /var/cache" full_disk
tiny_disk() {
	fresh_root
	mount -t tmpfs -o size=8k,nr_inodes=3 tmpfs "$root/var/cache"
	status 125 apt-get-install -q single && said 'apt-get-install: .*No space left on device' && sound
}
aside "a /var/cache without room for a file" tiny_disk
full_root() {
	fresh_root
	deb <<-TEXT
		Package: large
		Files: /usr/share/large/file $(head -c 100k /dev/zero | tr '\0' x)
	TEXT
	mkdir "$root/usr/share/large" && mount -t tmpfs -o size=50k tmpfs "$root/usr/share/large"
	before
	status 100 apt-get-install -q /t/large_1.deb && said 'No space left on device' && not_installed large && sound
}
aside "dpkg finds a full disk" full_root
dangling() {
	fresh_root
	rm -r "$root/var/cache" && ln -s /nowhere "$root/var/cache" && before
	takes 0 5 fails status 0 timeout -k 1 10 apt-get-install single && said '/var/cache' && not_installed single && sound
}
aside "a dangling /var/cache: an error at once" dangling
read_only() {
	fresh_root
	mount -o remount,bind,ro "$root" 2>/dev/null || mount -o remount,ro "$root"
	status 125 apt-get-install single && said "Read-only file system"
}
aside "a read-only root" read_only
no_tmp() {
	fresh_root
	rmdir "$root/tmp" && : >"$root/tmp" && before
	status 0 apt-get-install -q single && installed single && sound
}
aside "no /tmp" no_tmp
end_asides
