# Packages, and a tarball of the static programs. Included by Makefile.

# Packages are built from a copy, so that dpkg-buildpackage finds no build products and writes only beside the copy. The
# machine's own architecture is built here, ARCHITECTURES="arm64 s390x" in a root with cross compilers.
ALL_ARCHITECTURES := amd64 arm64 armel armhf i386 ppc64el riscv64 s390x
NATIVE = $(shell dpkg --print-architecture)
# The time of the changelog's first entry, in seconds since 1970: no file that is built is newer.
SOURCE_DATE = $(shell date -d "$$(sed -n 's/^ -- .*>  //p;T;q' debian/changelog)" +%s)
deb:
ifeq ($(ARCHITECTURES),)
	$(if $(PREREQUISITES),@$(PREREQUISITES) deb)
	$(MAKE) deb-$(NATIVE)
else
	$(if $(PREREQUISITES),@$(PREREQUISITES) cross)
	release/build.sh . dist $(ARCHITECTURES)
endif
deb-all:
	$(MAKE) deb ARCHITECTURES='$(ALL_ARCHITECTURES)'
# For targets that only need the packages: the build log is printed only if the build fails.
quiet-deb = @mkdir -p build && { $(MAKE) deb PREREQUISITES= >build/deb.log 2>&1 || { cat build/deb.log; exit 1; }; }
deb-%:
	rm -rf build/deb
	mkdir -p build/deb/source dist
	tar -c --exclude=./build --exclude=./dist --exclude=./.git . | tar -x -C build/deb/source
	cd build/deb/source && env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u CI \
		dpkg-buildpackage $(if $(filter $(NATIVE),$*),-b,-B -a $* -Pcross,nocheck) -us -uc
	mv build/deb/*.deb build/deb/*.buildinfo build/deb/*.changes dist
	rm -rf build/deb

# A tarball of the files in the packages, for ADD into an image without dpkg. The same sources give the same bytes.
dist-static: deb
	for arch in $(or $(ARCHITECTURES),$(NATIVE)); do $(MAKE) static-$$arch || exit; done
static-%:
	rm -rf build/static
	mkdir -p build/static
	for package in $(PROGRAMS:%=dist/praekelt-%_$(VERSION)_$*.deb); do dpkg-deb -x $$package build/static || exit; done
	tar -c --sort=name --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX --mtime='@$(SOURCE_DATE)' \
		-C build/static . | xz -9 >dist/praekelt-container-tools-$(VERSION)-$*-static.tar.xz

.PHONY: deb deb-all dist-static
