#!/bin/sh
# Every option in a program's help is in its manual page, every name of a program has a page, and the examples of
# praekelt-suexec(8) work as they are.
# shellcheck disable=SC2154 # variables of lib.sh
. test/package/lib.sh

for page in init/praekelt-init.1 suexec/praekelt-suexec.8 aptwrap/praekelt-aptwrap.8; do
	program=$(basename "${page%.*}")
	options=$("build/bin/$program" --help | grep -oE -- '--[a-z][a-z-]+' | sort -u)
	[ -n "$options" ] || give_up "$program --help"
	for option in $options; do
		check "$program(${page##*.}) has $option" grep -qE "^[.]It .*(Fl|,) -${option#--}( |\$)" "$page"
	done
	check "$program(${page##*.}) has its exit statuses" grep -qx '.Sh EXIT STATUS' "$page"
	dpkg-deb -x dist/"$program"_*.deb "$work/$program"
	for file in "$work/$program"/usr/*bin/*; do
		name=$(basename "$file")
		check "$name has a page" test -e "$work/$program/usr/share/man/man${page##*.}/$name.${page##*.}.gz"
	done
done

# Each example by itself, as root; "$@" is id.
fresh_root bookworm
cp dist/praekelt-suexec_*.deb "$root"
check "praekelt-suexec is installed" in_root sh -c 'dpkg -i /praekelt-suexec_*.deb'
sed -n '/^[.]Sh EXAMPLES/,/^[.]Sh DIAGNOSTICS/p' suexec/praekelt-suexec.8 | sed 's/\\e$/\\/' |
	awk -v out="$work/example" '/^[.]Ed/ { inside = 0 } inside { print >(out n) } /^[.]Bd/ { n++; inside = 1 }'
for example in "$work"/example?; do
	check "$(tail -n 1 "$example")" in_root sh -ec "set -- id
		$(cat "$example")"
done
check "all four examples" says 4 sh -c "ls '$work' | grep -c example"
