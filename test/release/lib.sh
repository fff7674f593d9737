# shellcheck shell=sh
# For the scripts of this folder: a release of HEAD, in $release. Sourced after test/package/lib.sh; root only.
# shellcheck disable=SC2034,SC2154 # variables of the scripts, and of tap.sh

release=$(test/release/made.sh) || give_up "make release"
made=$(dirname "$(dirname "$(dirname "$release")")")
version=$(sed -n '1s/.*(\(.*\)).*/\1/p' debian/changelog)
architectures=$(sed -n 's/^ALL_ARCHITECTURES := //p' mk/dist.mk)
[ -n "$architectures" ] || give_up 'the architectures of mk/dist.mk'
names='tini dumb-init catatonit dinit praekelt-init gosu su-exec praekelt-suexec apt-get-install apt-get-purge install_packages
	praekelt-aptwrap'

# The processes to end with the script.
started=''
# shellcheck disable=SC2086,SC2317 # a list of words; tap.sh calls it
finish() {
	[ -z "$started" ] || kill $started
}

# elf_of ARCHITECTURE: prints the word in qemu-WORD, and class, byte order and machine in the words of readelf -h.
elf_of() {
	case $1 in
	amd64) echo 'x86_64 ELF64 little X86-64' ;;
	arm64) echo 'aarch64 ELF64 little AArch64' ;;
	armel | armhf) echo 'arm ELF32 little ARM' ;;
	i386) echo 'i386 ELF32 little 80386' ;;
	ppc64el) echo 'ppc64le ELF64 little PowerPC64' ;;
	riscv64) echo 'riscv64 ELF64 little RISC-V' ;;
	s390x) echo 's390x ELF64 big S/390' ;;
	esac
}

# serve FOLDER PORT: serves it on the loopback interface until the script ends.
serve() {
	/usr/bin/python3 -u -m http.server --bind 127.0.0.1 --directory "$1" "$2" >"$work/server" 2>&1 &
	started="$started $!"
	wait_for 10 grep -q Serving "$work/server"
}
