# praekelt-container-tools: three small static programs, their packages and a base image.
#
#   make                the programs, in build/bin
#   make demo           everything at work in a real container engine
#   make check          the tests (make test is the same)
#   make install        DESTDIR= prefix=/usr/local; make uninstall removes the same files
#   make deb            the packages, in dist; ARCHITECTURES="arm64 s390x" for others, make deb-all for all
#   make release        the files of a release of the commit, in dist/release: SIGN_WITH=KEY
#   make image-tools    an image of the programs alone, for COPY --from
#   make repo           a signed apt repository of them, in dist/repo: SIGN_WITH=KEY REPO_URL=https://...
#   make dist-static    a tarball of the static programs, in dist; also with ARCHITECTURES=
#   make image          a base image: FROM_IMAGE=python:slim NAME=...; make images builds all of images.txt
#   make example-worker an example on a base image, without network: FROM_IMAGE= NAME=; also example-compiled, example-nginx
#   make lint           formatters and analysers
#   make check-init     one program's tests; also check-suexec, check-aptwrap, check-common
#   make check-package  the packages in fresh Debian roots; make check-image: the image in an engine
#   make check-release  a release of the commit: every architecture under qemu, checksums, signatures, repository
#   make check-fresh    make demo and make check in a new minimal root: SUITE=trixie
#   make check-all      all tests; also check-slow, stress, mutate, check-faults, check-sanitize, fuzz
#   make bench          the programs beside their peers: bench/README.md
#   make clean          removes build and dist
#
# CC, CFLAGS, CPPFLAGS and LDFLAGS are the caller's; the flags that the programs need are added to them.
# V=1 shows each command. LIBC=glibc builds an ordinary dynamic program; SANITIZE=1 adds ASan and UBSan to that, in a folder of its own.

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

# quiet NAME: begins the recipe of a file, which then says NAME and the file in place of the command.
quiet = $(if $(V),,@echo '$(1) $@'; )

VERSION := $(shell sed -n '1s/.*(\(.*\)).*/\1/p' debian/changelog)
prefix ?= /usr/local
bindir ?= $(prefix)/bin
sbindir ?= $(prefix)/sbin
mandir ?= $(prefix)/share/man
# Small is fast: every page that a start touches is a fault.
CFLAGS ?= -Os -g
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:
.SECONDARY:

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

LIBC ?= musl
SANITIZE ?=
ifneq ($(SANITIZE),)
LIBC := glibc
B := build/$(if $(findstring clang,$(CC)),clang/)sanitize
SANITIZER := -DSANITIZED -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
else
B := build
endif
BIN := $(B)/bin

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wformat=2 -Wvla -Wstrict-prototypes \
	-Wmissing-prototypes -Wwrite-strings -Wcast-qual -Wundef -Wswitch-enum -Wimplicit-fallthrough \
	$(if $(CI),-Werror)
OWN_CPPFLAGS := -D_GNU_SOURCE -DVERSION='"$(VERSION)"' -I.
OWN_CFLAGS := -std=c11 $(WARNINGS) -fPIE -fstack-protector-strong -ffunction-sections -fdata-sections \
	-fno-asynchronous-unwind-tables
# One segment of code with the constants in it: two segments less to map are 5 us of a start. Nothing is writable and
# executable by that.
HARDENING := -Wl,-z,relro,-z,now,-z,noexecstack,-z,text,-z,noseparate-code,--gc-sections

# The static-pie is linked by hand: musl-gcc -static-pie of older releases silently makes a dynamic file, and
# a cross compiler has no such wrapper at all. musl's headers stand first, the kernel's are found after them.
MULTIARCH := $(or $(shell $(CC) -print-multiarch 2>/dev/null),$(shell gcc -print-multiarch 2>/dev/null))
MUSL := $(subst -gnu,-musl,$(MULTIARCH))
crt = $(shell $(CC) -print-file-name=$(1))
ifeq ($(LIBC),musl)
MUSL_CFLAGS := -isystem /usr/include/$(MUSL)
ENTRY_x86_64 := -Wl,--entry=image_enter
LINK = $(CC) $(CFLAGS) $(LDFLAGS) -nostdlib -nostartfiles -static -Wl,-pie,--no-dynamic-linker $(HARDENING) \
	$(ENTRY_$(firstword $(subst -, ,$(MULTIARCH)))) \
	/usr/lib/$(MUSL)/rcrt1.o /usr/lib/$(MUSL)/crti.o $(call crt,crtbeginS.o) $(1) \
	-L/usr/lib/$(MUSL) -Wl,--start-group -lc -lgcc -Wl,--end-group $(call crt,crtendS.o) /usr/lib/$(MUSL)/crtn.o
else
LINK = $(CC) $(CFLAGS) $(LDFLAGS) $(SANITIZER) -pie $(HARDENING) $(1)
endif

# Unit tests run against the same sources, built with the system's own libc.
HOST := $(B)/host
PROGRAM_FILES := $(PROGRAMS:%=$(BIN)/praekelt-%)
UNIT_TESTS := $(patsubst test/%.c,$(HOST)/test/%,$(wildcard test/*/unit_*.c))
LIVE_TESTS := $(patsubst test/%.c,$(HOST)/test/%,$(wildcard test/*/live_*.c))
LIVE_SCRIPTS := $(wildcard $(PROGRAMS:%=test/%/live_*.sh))

all: $(PROGRAM_FILES) names
help:
	@sed -n '3,/^$$/s/^#\( \|$$\)//p' Makefile
.PHONY: help

# A missing compiler or libc is named here, before the first error of a compiler that does not know what it lacks.
toolchain:
	@command -v '$(firstword $(CC))' >/dev/null || { \
		echo 'make: no C compiler $(firstword $(CC)): apt-get install gcc libc6-dev musl-tools' >&2; exit 1; }
ifeq ($(LIBC),musl)
	@test -f '/usr/lib/$(MUSL)/rcrt1.o' || { \
		echo 'make: no musl libc in /usr/lib/$(MUSL): apt-get install musl-tools' >&2; exit 1; }
endif
.PHONY: toolchain

# A program may have folders. Objects of one, or of common/: $(call objects,DIR,BUILD-DIR)
sources = $(wildcard $(1)/*.c $(1)/*/*.c)
objects = $(patsubst %.c,$(2)/%.o,$(call sources,$(1)))
library = $(filter-out %/main.o,$(call objects,$(1),$(2)))

define program
$(BIN)/praekelt-$(1): $(call objects,$(1),$(B)/$(LIBC)) $(call objects,common,$(B)/$(LIBC))
	@mkdir -p $$(@D)
	$$(call quiet,link)$$(call LINK,$$^) -o $$@
$(HOST)/$(1).a: $(call library,$(1),$(HOST)) $(call objects,common,$(HOST))
	$$(call quiet,archive)$(AR) rcs $$@ $$^
$(HOST)/test/$(1)/unit_%: $(HOST)/test/$(1)/unit_%.o $(HOST)/$(1).a
	$$(call quiet,link)$(CC) $(CFLAGS) $(LDFLAGS) $(SANITIZER) $$($$(@F)_LDFLAGS) $$^ -lcmocka -o $$@
$(HOST)/test/$(1)/live_%: $(HOST)/test/$(1)/live_%.o $(call objects,test/support,$(HOST))
	$$(call quiet,link)$(CC) $(CFLAGS) $(LDFLAGS) $(SANITIZER) $$(filter-out %/probe.o,$$^) -lcmocka -lutil -o $$@
endef
$(foreach p,$(PROGRAMS),$(eval $(call program,$(p))))

$(HOST)/common.a: $(call objects,common,$(HOST))
	$(call quiet,archive)$(AR) rcs $@ $^
$(HOST)/test/common/unit_%: $(HOST)/test/common/unit_%.o $(HOST)/common.a
	$(call quiet,link)$(CC) $(CFLAGS) $(LDFLAGS) $(SANITIZER) $^ -lcmocka -o $@
# The calls of become.c go to a mock of the kernel. prctl() has another name in a 32-bit glibc with 64-bit time.
unit_become_LDFLAGS := -Wl,--wrap=syscall,--wrap=prctl,--wrap=__prctl_time64,--defsym=__wrap___prctl_time64=__wrap_prctl
# Somebody exchanges a directory between two of the calls of remove.c.
unit_remove_LDFLAGS := -Wl,--wrap=openat
# A file cannot be looked at.
unit_backups_LDFLAGS := -Wl,--wrap=fstatat
# The probe and the storm are static too, so that they run in an empty root.
$(HOST)/probe: $(HOST)/test/support/probe.o
$(HOST)/storm: $(HOST)/test/image/storm.o
$(HOST)/probe $(HOST)/storm:
	$(call quiet,link)$(CC) $(CFLAGS) $(LDFLAGS) -static $^ -o $@

$(B)/$(LIBC)/%.o: %.c debian/changelog Makefile | toolchain
	@mkdir -p $(@D)
	$(call quiet,compile)$(CC) $(OWN_CPPFLAGS) $(CPPFLAGS) $(MUSL_CFLAGS) $(OWN_CFLAGS) $(CFLAGS) $(SANITIZER) -MMD -MP -c $< -o $@
$(HOST)/test/support/probe.o $(HOST)/test/image/storm.o: SANITIZER :=
$(HOST)/%.o: %.c debian/changelog Makefile | toolchain
	@mkdir -p $(@D)
	$(call quiet,compile)$(CC) $(OWN_CPPFLAGS) $(CPPFLAGS) $(OWN_CFLAGS) $(CFLAGS) $(SANITIZER) -MMD -MP -c $< -o $@
-include $(shell find build -name '*.d' -type f 2>/dev/null)

names: $(PROGRAM_FILES)
	@$(foreach p,$(PROGRAMS),for n in $($(p)_names); do ln -sf praekelt-$(p) $(BIN)/$$n; done;)
	@for n in docker-init podman-init; do ln -sf praekelt-init $(BIN)/$$n; done

install: $(PROGRAMS:%=install-%)
uninstall: $(PROGRAMS:%=uninstall-%)
define install
install-$(1): $(BIN)/praekelt-$(1)
	install -d '$$(DESTDIR)$$($(1)_dir)' '$$(DESTDIR)$$(mandir)/man$$($(1)_section)'
	install -m 755 $$< '$$(DESTDIR)$$($(1)_dir)'
	install -m 644 $(1)/praekelt-$(1).$$($(1)_section) '$$(DESTDIR)$$(mandir)/man$$($(1)_section)'
	for n in $$($(1)_names); do \
		ln -sf praekelt-$(1) "$$(DESTDIR)$$($(1)_dir)/$$$$n" && \
		ln -sf praekelt-$(1).$$($(1)_section) "$$(DESTDIR)$$(mandir)/man$$($(1)_section)/$$$$n.$$($(1)_section)" || exit; \
	done
uninstall-$(1):
	for n in praekelt-$(1) $$($(1)_names); do \
		rm -f "$$(DESTDIR)$$($(1)_dir)/$$$$n" "$$(DESTDIR)$$(mandir)/man$$($(1)_section)/$$$$n.$$($(1)_section)"; done
endef
$(foreach p,$(PROGRAMS),$(eval $(call install,$(p))))

# Tests. As root the prerequisites are installed first; PREREQUISITES= leaves that out.
PREREQUISITES ?= test/prerequisites.sh
TEST_ENV = BIN='$(abspath $(BIN))' PROBE='$(abspath $(HOST))/probe'
check test:
	$(if $(PREREQUISITES),@$(PREREQUISITES) check)
	$(MAKE) check-unit-build check-live-build
	@$(TEST_ENV) test/run.sh $(UNIT_TESTS) $(LIVE_TESTS) $(LIVE_SCRIPTS)
check-unit: check-unit-build
	@test/run.sh $(UNIT_TESTS)
check-unit-build: $(UNIT_TESTS)
check-live-build: all $(LIVE_TESTS) $(HOST)/probe
# One program's tests alone: make check-init
check-init check-suexec check-aptwrap check-common: check-%: check-unit-build check-live-build
	@$(TEST_ENV) test/run.sh $(filter $(HOST)/test/$*/%,$(UNIT_TESTS) $(LIVE_TESTS)) $(wildcard test/$*/live_*.sh)

# The packages in fresh roots, the image in a real engine.
check-package check-image: check-%:
	$(if $(PREREQUISITES),@$(PREREQUISITES) $*-test)
	$(MAKE) all
	$(quiet-deb)
	$(if $(filter image,$*),VERBOSE=1 test/image/engine.sh) test/run.sh $(wildcard test/$*/live_*.sh)

# A release of the commit that is checked out: all architectures, checked, installed, fetched.
check-release:
	$(if $(PREREQUISITES),@$(PREREQUISITES) release-test)
	$(MAKE) all $(HOST)/probe
	@PROBE='$(abspath $(HOST))/probe' test/run.sh $(wildcard test/release/live_*.sh)

# README's commands as a newcomer runs them: in a new minimal root of SUITE.
SUITE ?= trixie
check-fresh:
	MUST_RUN=1 test/fresh.sh $(SUITE) 'make demo' 'make check'
.PHONY: check-fresh

# All of it, and what takes long: both releases, more random moments, races by the thousand.
check-all: check check-package check-image check-release stress check-slow
check-slow:
	$(if $(PREREQUISITES),@$(PREREQUISITES) slow)
	$(MAKE) all $(LIVE_TESTS) $(HOST)/probe
	@$(TEST_ENV) test/run.sh $(wildcard test/*/slow_*.sh)

LINT_C = $(wildcard $(foreach d,common $(PROGRAMS),$(d)/*.[ch] $(d)/*/*.[ch] test/$(d)/*.[ch]) test/support/*.[ch] test/image/*.c)
LINT_SH = $(wildcard test/*.sh test/*/*.sh release/*.sh examples/*/*.sh) .ci/run
lint:
	$(if $(PREREQUISITES),@$(PREREQUISITES) lint)
	clang-format --dry-run --Werror $(LINT_C)
	shellcheck $(LINT_SH)
	mandoc -T lint -W warning $(wildcard */*.[18])
	bench/report.py --check
	for cc in gcc clang; do rm -rf build/lint && $(MAKE) -s B=build/lint CC=$$cc CI=1 all check-unit-build || exit; done
	for file in $(foreach d,common $(PROGRAMS),$(call sources,$(d))); do \
		gcc -fanalyzer -Werror $(OWN_CPPFLAGS) -std=c11 -Os -c $$file -o /dev/null || exit; done
	clang-tidy --quiet --warnings-as-errors='*' $(filter %.c,$(LINT_C)) -- $(OWN_CPPFLAGS) -std=c11 $(WARNINGS)
# What takes long or is long by choice: races by the thousand, fuzzing FUZZ_SECONDS a target.
STRESS_TESTS := $(patsubst test/%.c,$(HOST)/test/%,$(wildcard test/*/stress_*.c))
$(foreach p,$(PROGRAMS),$(eval $(HOST)/test/$(p)/stress_%: $(HOST)/test/$(p)/stress_%.o $(call objects,test/support,$(HOST)); \
	$$(CC) $$(CFLAGS) $$(LDFLAGS) $$(SANITIZER) $$(filter-out %/probe.o,$$^) -lcmocka -lutil -o $$@))
stress:
	$(if $(PREREQUISITES),@$(PREREQUISITES) image)
	$(MAKE) stress-build
	@$(TEST_ENV) VERBOSE=1 test/run.sh $(STRESS_TESTS)
	@$(TEST_ENV) STORM='$(abspath $(HOST))/storm' test/image/engine.sh test/run.sh test/image/stress_engine.sh
stress-build: all $(STRESS_TESTS) $(HOST)/probe $(HOST)/storm

# Whether the tests of the critical modules notice when these are broken.
mutate:
	$(if $(PREREQUISITES),@$(PREREQUISITES) check)
	test/mutate.sh test/mutations.txt

# Each system call of each program is made to fail.
check-faults:
	$(if $(PREREQUISITES),@$(PREREQUISITES) check)
	$(MAKE) all $(HOST)/probe
	@$(TEST_ENV) test/faults.sh
	@$(TEST_ENV) test/aptwrap/faults.sh

# Unit and black-box tests with the address and the undefined behaviour sanitizer of either compiler, unit tests by valgrind.
check-sanitize:
	$(if $(PREREQUISITES),@$(PREREQUISITES) sanitize)
	for cc in gcc clang; do $(MAKE) SANITIZE=1 CC=$$cc PREREQUISITES= check || exit; done
	$(MAKE) check-unit-build
	for test in $(UNIT_TESTS); do valgrind --quiet --vgdb=no --error-exitcode=99 $$test || exit; done

FUZZ_SECONDS ?= 60
FUZZ_TARGETS := $(patsubst test/%.c,build/fuzz/%,$(wildcard test/*/fuzz_*.c))
build/fuzz/%: test/%.c $(wildcard $(foreach d,common $(PROGRAMS),$(d)/*.[ch] $(d)/*/*.[ch]))
	@mkdir -p $(@D)
	clang $(OWN_CPPFLAGS) -std=c11 -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
		$< $(filter-out %/main.c,$(call sources,$(*D))) $(wildcard common/*.c) -o $@
fuzz:
	$(if $(PREREQUISITES),@$(PREREQUISITES) fuzz)
	$(MAKE) fuzz-build
	test/fuzz.sh $(FUZZ_SECONDS) $(FUZZ_TARGETS)
fuzz-build: $(FUZZ_TARGETS)

include dist.mk mk/release.mk bench/bench.mk

clean:
	rm -rf build dist

.PHONY: lint check-all check-slow check-package check-image check-release all names install uninstall $(PROGRAMS:%=install-%) $(PROGRAMS:%=uninstall-%) check test check-unit check-unit-build check-live-build stress stress-build mutate check-faults check-sanitize fuzz fuzz-build clean

endif
