#!/bin/sh
# Every option that a program's help names is in its manual page, and every name of a program has a page.
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
