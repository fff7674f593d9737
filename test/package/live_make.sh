#!/bin/sh
# make's targets as a newcomer uses them: an error names what is missing, and no target deletes what another has made.
. test/package/lib.sh

# As in a shell, also if make or sudo runs this script.
unset MAKELEVEL MAKEFLAGS MFLAGS SUDO_UID SUDO_GID
copy_tree "$work/tree"
cd "$work/tree" || exit 1
chmod 755 "$work"
chown -R nobody: .
# with_tools NAME...: $work/tools has these programs and those that make and its recipes call, and no others.
with_tools() {
	rm -rf "$work/tools"
	mkdir "$work/tools"
	for tool in make sh sed id find mkdir dpkg "$@"; do
		ln -s "$(command -v "$tool")" "$work/tools"
	done
}
refuses() { # LINE COMMAND...: the command fails, and LINE is the first line of its output
	line=$1
	shift
	"$@" >"$work/refused" 2>&1 && return 1
	cat "$work/refused"
	[ "$(head -n 1 "$work/refused")" = "$line" ]
}
with_tools
check "make without a compiler" refuses "make: no C compiler cc: apt-get install gcc libc6-dev musl-tools" \
	env PATH="$work/tools" make
with_tools cc gcc as ld cat
check "make without musl" refuses "make: no musl libc in /usr/lib/nowhere: apt-get install musl-tools" \
	env PATH="$work/tools" make MUSL=nowhere
check "make help" sh -c 'make help | grep -q "make check "'
check "make test is make check" sh -c '[ "$(make -n test PREREQUISITES=)" = "$(make -n check PREREQUISITES=)" ]'

refuses_test() {
	make check PREREQUISITES= T=nothing/unit_none 2>&1 | grep -q 'no test has the name T=nothing/unit_none'
}
check "make check T= with an unknown name" refuses_test
built_anew() { # MAKE-ARGUMENT...: whether these build the common objects once more
	make all "$@" >"$work/made" && grep -q 'compile .*/common/num.o' "$work/made"
}
check "make" make all
check "make again builds nothing" fails built_anew
check "other CFLAGS build anew" built_anew CFLAGS=-O1
check "the same ones once more do not" fails built_anew CFLAGS=-O1
check "glibc builds anew" built_anew LIBC=glibc
check "another target has a folder of its own" built_anew B=build/other
check "make repo without a key" refuses "make repo: SIGN_WITH= is empty: name the gpg key to sign with" \
	make repo PREREQUISITES=
check "make repo before make deb" refuses "make repo: no packages of version 0.0 in dist: run make deb first" \
	make repo PREREQUISITES= VERSION=0.0 SIGN_WITH=nobody
export GNUPGHOME="$work/gpg"
mkdir -m 700 "$GNUPGHOME"
gpg --quiet --batch --pinentry-mode loopback --passphrase secret --quick-generate-key locked@example.org 2>"$work/gpg.log" ||
	give_up "a key"
gpgconf --kill gpg-agent
mkdir -p dist
touch dist/praekelt-init_0.0_all.deb dist/somebodys-file
check "make repo with a key that has a passphrase" grep -q "gpg cannot sign with the key 'locked@example.org' without" <<-SAID
	$(make repo PREREQUISITES= VERSION=0.0 SIGN_WITH=locked@example.org 2>&1)
SAID
gpgconf --kill gpg-agent

as_sudo() {
	env SUDO_UID="$(id -u nobody)" SUDO_GID="$(id -g nobody)" "$@"
}
not_nobodys() {
	find build dist ! -user nobody
}
check "make deb as sudo runs it" as_sudo make deb PREREQUISITES=
check "it leaves other files in dist" test -e dist/somebodys-file
check "what was built belongs to the caller" says '' not_nobodys
check "the caller can build again and clean" setpriv --reuid nobody --clear-groups make PREREQUISITES= all clean

check "make install" make install DESTDIR="$work/installed" PREREQUISITES=
check "has files" test -x "$work/installed/usr/local/sbin/gosu"
check "make uninstall" make uninstall DESTDIR="$work/installed"
check "removes them all" says '' find "$work/installed" ! -type d

# run.sh with a test that does not end. The test says when it runs.
mkfifo "$work/running"
printf '#!/bin/sh\necho >"%s"\nexec sleep 600\n' "$work/running" >"$work/endless"
chmod 755 "$work/endless"
check "an interrupt ends the tests at once" timeout 10 sh -c "
	env --default-signal=INT test/run.sh '$work/endless' & read line <'$work/running'; kill -INT \$!; wait \$!; [ \$? -eq 130 ]"
