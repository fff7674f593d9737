# praekelt-container-tools: three small static programs, their packages and a base image.
#
#   make                the programs, in build/bin
#   make demo           everything at work in a real container engine
#   make check          the tests (make test is the same); T=init/unit_relay runs one of them, T=init/ those of one program
#   make install        DESTDIR= prefix=/usr/local; make uninstall removes the same files
#   make deb            the packages, in dist; ARCHITECTURES="arm64 s390x" for others, make deb-all for all
#   make release        the files of a release of the commit, in dist/release: SIGN_WITH=KEY
#   make image-tools    an image of the programs alone, for COPY --from
#   make repo           a signed apt repository of the packages, in dist/repo: SIGN_WITH=KEY REPO_URL=https://...
#   make dist-static    a tarball of the static programs, in dist; also with ARCHITECTURES=
#   make image          a base image: FROM_IMAGE=python:slim NAME=...; make images builds all of images.txt
#   make example-worker an example on a base image, without network: FROM_IMAGE= NAME=; also example-compiled, example-nginx
#   make lint           formatters and analysers
#   make prove          proofs of the C code and a model of the init; P=become runs one: test/proofs/README.md
#   make check-package  the packages in fresh Debian roots; make check-image: the image in an engine
#   make check-release  a release of the commit: every architecture under qemu, checksums, signatures, repository
#   make check-fresh    make demo and make check in a new minimal root: SUITE=trixie
#   make check-all      all tests; also check-slow, stress, mutate, check-faults, check-sanitize, fuzz
#   make coverage       the lines of each file that the tests run
#   make bench          the programs beside their peers: bench/README.md
#   make clean          removes build and dist
#
# CC, CFLAGS, CPPFLAGS and LDFLAGS are the caller's; the flags that the programs need are added to them. Each compiler target
# has a build folder, and a change of flags builds anew. V=1 shows each command.
# LIBC=glibc builds ordinary dynamic programs, SANITIZE=1 adds ASan and UBSan, COVERAGE=1 counts the lines that run.

# Under sudo, what was built is given back to the caller, so that make and make clean work without sudo afterwards.
GOALS := $(or $(MAKECMDGOALS),all)
ifneq ($(and $(SUDO_UID),$(filter 0,$(MAKELEVEL)),$(filter 0,$(shell id -u))),)
.PHONY: $(GOALS) as-root
$(GOALS): as-root
	@:
as-root:
	@trap : INT TERM; $(MAKE) --no-print-directory $(GOALS); status=$$?; \
	for folder in build dist; do [ ! -d $$folder ] || chown -Rh '$(SUDO_UID):$(SUDO_GID)' $$folder; done; exit $$status
else

VERSION := $(shell sed -n '1s/.*(\(.*\)).*/\1/p' debian/changelog)
prefix ?= /usr/local
bindir ?= $(prefix)/bin
sbindir ?= $(prefix)/sbin
mandir ?= $(prefix)/share/man

PROGRAMS := init suexec aptwrap
init_names := tini tini-static dumb-init catatonit dinit
suexec_names := gosu su-exec
aptwrap_names := apt-get-install apt-get-install.sh apt-get-purge apt-get-purge.sh install_packages
init_dir = $(bindir)
suexec_dir = $(sbindir)
aptwrap_dir = $(bindir)
init_section := 1
suexec_section := 8
aptwrap_section := 8

all: names build/bin
help:
	@sed -n '3,/^$$/s/^#\( \|$$\)//p' Makefile

include mk/compile.mk
PROGRAM_FILES := $(PROGRAMS:%=$(BIN)/praekelt-%)
$(BIN)/praekelt-%: $$(call objects,$$*,$(B)/program) $(call objects,common,$(B)/program)
	@mkdir -p $(@D)
	$(call quiet,link)$(call link-program,$^) -o $@
names: $(PROGRAM_FILES)
	@$(foreach p,$(PROGRAMS),for n in $($(p)_names); do ln -sf praekelt-$(p) $(BIN)/$$n; done;)
	@for n in docker-init podman-init; do ln -sf praekelt-init $(BIN)/$$n; done
# Leads to the programs that were built last.
build/bin: names
	@ln -sfn $(BIN:build/%=%) $@

install: $(PROGRAMS:%=install-%)
uninstall: $(PROGRAMS:%=uninstall-%)
$(PROGRAMS:%=install-%): install-%: $(BIN)/praekelt-%
	install -d '$(DESTDIR)$($*_dir)' '$(DESTDIR)$(mandir)/man$($*_section)'
	install -m 755 $< '$(DESTDIR)$($*_dir)'
	install -m 644 $*/praekelt-$*.$($*_section) '$(DESTDIR)$(mandir)/man$($*_section)'
	for n in $($*_names); do \
		ln -sf praekelt-$* "$(DESTDIR)$($*_dir)/$$n" && \
		ln -sf praekelt-$*.$($*_section) "$(DESTDIR)$(mandir)/man$($*_section)/$$n.$($*_section)" || exit; \
	done
$(PROGRAMS:%=uninstall-%): uninstall-%:
	for n in praekelt-$* $($*_names); do \
		rm -f "$(DESTDIR)$($*_dir)/$$n" "$(DESTDIR)$(mandir)/man$($*_section)/$$n.$($*_section)"; done

clean:
	rm -rf build dist
.PHONY: all help names build/bin install uninstall $(PROGRAMS:%=install-%) $(PROGRAMS:%=uninstall-%) clean

include mk/test.mk mk/lint.mk mk/prove.mk mk/dist.mk mk/image.mk mk/release.mk mk/bench.mk
endif
