#!/bin/sh
# Runs commands as a newcomer would, on a new machine: fresh.sh SUITE COMMAND...
#
# Makes a minimal Debian root of SUITE that has git, make, certificates and sudo and nothing else, clones HEAD of this
# checkout into a home directory that only its owner may enter, and runs each COMMAND there with a shell, in order. It
# stops at the first that fails or that leaves the root changed: processes, mounts, net.ipv4.ip_forward.
# The root has its own mount, PID, IPC and UTS namespaces and cgroups. It is removed at the end.
#
# FRESH_USER: the user who runs the commands, root unless set. Needs root and mmdebstrap.
set -eu
cd "$(dirname "$0")/.."

outside() {
	suite=$1
	shift
	test/prerequisites.sh fresh
	work=$(mktemp -d) cgroups='' running=''
	trap remove EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP

	start "making a minimal root of $suite"
	main=$(test/mirror.sh) security=$(test/mirror.sh security)
	keyring=/usr/share/keyrings/debian-archive-keyring.gpg
	mmdebstrap --quiet --variant=minbase --include=ca-certificates,git,make,sudo "$suite" "$work/root" \
		"deb [signed-by=$keyring] $main $suite main" "deb [signed-by=$keyring] $main $suite-updates main" \
		"deb [signed-by=$keyring] $security $suite-security main" >"$work/log" 2>&1 || {
		cat "$work/log" >&2
		exit 1
	}
	# apt in the root reaches the mirror as this machine does.
	apt-config dump | grep -i '^Acquire::[a-z]*::Proxy' >"$work/root/etc/apt/apt.conf.d/90proxy" || :
	cp -L /etc/resolv.conf "$work/root/etc/resolv.conf"
	echo '127.0.0.1 localhost fresh' >"$work/root/etc/hosts"
	git clone -q --no-hardlinks . "$work/root/clone"

	# The processes below join cgroups of their own, which a cgroup namespace then shows as the root of each hierarchy.
	cgroups=$(awk '/ - cgroup2? / { print $5 }' /proc/self/mountinfo)
	for cgroup in $cgroups; do
		mkdir "$cgroup/fresh.$$"
		for file in cpuset.cpus cpuset.mems; do
			[ ! -e "$cgroup/$file" ] || cat "$cgroup/$file" >"$cgroup/fresh.$$/$file"
		done
	done
	# shellcheck disable=SC2016,SC2086 # the inner shell expands its own words; a list of paths
	sh -c 'for cgroup in $1; do echo $$ >"$cgroup/$2/cgroup.procs"; done; shift 2; exec "$@"' \
		sh "$cgroups" "fresh.$$" unshare --mount --pid --ipc --uts --cgroup --fork --kill-child \
		"$0" --inside "$work/root" "$@" &
	running=$!
	wait $running || {
		status=$? running=''
		exit $status
	}
	running=''
}
remove() {
	status=$?
	trap - EXIT
	# unshare(1) ignores SIGTERM. If it is killed, so is everything in the namespace.
	[ -z "$running" ] || { kill -KILL "$running" && wait "$running"; } 2>/dev/null || :
	# A process that was killed may need a moment to leave its cgroup.
	for try in 1 2 3 4 5; do
		left=$(for cgroup in $cgroups; do find "$cgroup/fresh.$$" -depth -type d -exec rmdir {} + 2>&1 || :; done)
		[ -n "$left" ] || break
		sleep "0.$try"
	done
	[ -z "$left" ] || printf '%s\n' "$left" >&2
	rm -rf --one-file-system "$work"
	exit $status
}

inside() {
	root=$1
	shift
	mount --make-rprivate /
	cgroups=$(sed -n 's/.* - \(cgroup2\{0,1\}\) [^ ]* \(.*\)/\1 \2/p' /proc/self/mountinfo)
	mount --bind "$root" "$root"
	cd "$root"
	mount -t proc proc proc
	mount -t sysfs sysfs sys
	mount_devices
	mount_cgroups
	mkdir -p old
	pivot_root . old
	umount -l old
	rmdir old
	hostname fresh
	export HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
	user=${FRESH_USER:-root}
	[ "$user" = root ] || {
		useradd --create-home "$user"
		echo "$user ALL=(ALL) NOPASSWD: ALL" >"/etc/sudoers.d/$user"
	}
	echo 'Defaults env_keep += "CI MUST_RUN"' >/etc/sudoers.d/tests
	home=$(getent passwd "$user" | cut -d: -f6)
	mv /clone "$home/praekelt-container-tools"
	chown -R "$user:" "$home"
	chmod 700 "$home"
	for command; do
		start "$command, as $user in a new root"
		state >/tmp/before
		# The newcomer's environment has no variable of this machine's session.
		setpriv --reuid "$user" --regid "$user" --init-groups env -i HOME="$home" PATH="$PATH" ${CI:+CI=$CI} \
			${MUST_RUN:+MUST_RUN=$MUST_RUN} sh -c "cd ~/praekelt-container-tools && $command"
		state >/tmp/after
		diff -U 0 /tmp/before /tmp/after || {
			echo "fresh: '$command' left this behind" >&2
			exit 1
		}
	done
}
mount_devices() {
	mount -t tmpfs -o mode=755 tmpfs dev
	for device in 'null 1 3' 'zero 1 5' 'full 1 7' 'random 1 8' 'urandom 1 9' 'tty 5 0' 'fuse 10 229'; do
		# shellcheck disable=SC2086 # name, major, minor
		set -- $device
		mknod -m 666 "dev/$1" c "$2" "$3"
	done
	mkdir dev/pts dev/shm
	mount -t devpts -o newinstance,ptmxmode=666,mode=620,gid=5 devpts dev/pts
	mount -t tmpfs -o mode=1777 tmpfs dev/shm
	ln -s pts/ptmx dev/ptmx
	ln -s /proc/self/fd dev/fd
	for stream in 'stdin 0' 'stdout 1' 'stderr 2'; do
		ln -s "/proc/self/fd/${stream#* }" "dev/${stream% *}"
	done
}
mount_cgroups() {
	case $cgroups in
	cgroup2*)
		# No process may stay in the cgroup that hands its controllers down.
		mount -t cgroup2 cgroup2 sys/fs/cgroup
		mkdir sys/fs/cgroup/init
		while read -r pid; do echo "$pid" >sys/fs/cgroup/init/cgroup.procs; done <sys/fs/cgroup/cgroup.procs
		sed 's/[^ ]*/+&/g' sys/fs/cgroup/cgroup.controllers >sys/fs/cgroup/cgroup.subtree_control
		return
		;;
	esac
	mount -t tmpfs -o mode=755 tmpfs sys/fs/cgroup
	echo "$cgroups" | while read -r type options; do
		name=${options##*,}
		name=${name#name=}
		case $type in cgroup2) name=unified options=rw ;; esac
		mkdir "sys/fs/cgroup/$name"
		mount -t "$type" -o "$options" cgroup "sys/fs/cgroup/$name"
	done
}
state() {
	echo "net.ipv4.ip_forward = $(cat /proc/sys/net/ipv4/ip_forward)"
	cut -d' ' -f5 /proc/self/mountinfo | sed 's/^/mount /'
	for process in /proc/[0-9]*; do
		tr '\0' ' ' <"$process/cmdline" 2>/dev/null | sed -n 's/^\(.*\)$/process \1\n/p'
	done | sort
}
start() {
	echo "fresh: $1 ($(date -u +%T))"
}

if [ "${1-}" = --inside ]; then
	shift
	inside "$@"
elif [ $# -gt 1 ]; then
	outside "$@"
else
	echo "usage: $0 SUITE COMMAND..." >&2
	exit 1
fi
