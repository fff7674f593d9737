# How C is compiled and linked: the compiler, the libc, the flags, the build folder. Included by Makefile.

# A small program starts fast: each page that it touches is a page fault.
CFLAGS ?= -Os -g
LIBC ?= musl
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:
.SECONDARY:
.SECONDEXPANSION:

# $(call quiet,NAME) starts the recipe of a file, which then prints NAME and the file instead of the command.
quiet = $(if $(V),,@echo '$(1) $@'; )
# $(call objects,DIR,BUILD-DIR): the objects of common or of a program, which may have folders.
sources = $(wildcard $(1)/*.c $(1)/*/*.c)
objects = $(patsubst %.c,$(2)/%.o,$(call sources,$(1)))

ifneq ($(SANITIZE),)
VARIANT := -sanitize
INSTRUMENT := -DSANITIZED -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
endif
ifneq ($(COVERAGE),)
VARIANT := -coverage
INSTRUMENT := -DCOVERAGE --coverage -fprofile-update=atomic
endif
ifneq ($(VARIANT),)
LIBC := glibc
endif

# One folder for each compiler target. Programs are built with LIBC in B/program; unit tests run against the same sources,
# built with the system's own libc in HOST. Without a compiler, the name is the one that gcc will have once the target's
# prerequisites are installed: the recipes of the same make use it.
B := build/$(or $(shell $(CC) -dumpmachine 2>/dev/null),$(shell uname -m 2>/dev/null)-linux-gnu)$(VARIANT)
BIN := $(B)/bin
HOST := $(B)/host

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wformat=2 -Wvla -Wstrict-prototypes \
	-Wmissing-prototypes -Wwrite-strings -Wcast-qual -Wundef -Wswitch-enum -Wimplicit-fallthrough \
	$(if $(CI),-Werror)
OWN_CPPFLAGS := -D_GNU_SOURCE -DVERSION='"$(VERSION)"' -I.
OWN_CFLAGS := -std=c11 $(WARNINGS) -fPIE -fstack-protector-strong -ffunction-sections -fdata-sections \
	-fno-asynchronous-unwind-tables
# Code and constants share one segment: two segments fewer to map save 5 us of each start. Nothing is both writable and
# executable because of that.
HARDENING := -Wl,-z,relro,-z,now,-z,noexecstack,-z,text,-z,noseparate-code,--gc-sections
compile = $(CC) $(OWN_CPPFLAGS) $(CPPFLAGS) $(LIBC_CFLAGS) $(OWN_CFLAGS) $(CFLAGS) $(INSTRUMENT) -MMD -MP -c
link-host = $(CC) $(CFLAGS) $(LDFLAGS) $(INSTRUMENT)

# The static-pie is linked by hand: musl-gcc -static-pie of older releases silently makes a dynamic file, and
# a cross compiler has no such wrapper. musl's headers come first, the kernel's are found after them.
MULTIARCH := $(or $(shell $(CC) -print-multiarch 2>/dev/null),$(shell gcc -print-multiarch 2>/dev/null))
MUSL := $(subst -gnu,-musl,$(MULTIARCH))
crt = $(shell $(CC) -print-file-name=$(1))
ifeq ($(LIBC),musl)
$(B)/program/%: LIBC_CFLAGS := -isystem /usr/include/$(MUSL)
link-program = $(CC) $(CFLAGS) $(LDFLAGS) -nostdlib -nostartfiles -static -Wl,-pie,--no-dynamic-linker $(HARDENING) \
	/usr/lib/$(MUSL)/rcrt1.o /usr/lib/$(MUSL)/crti.o $(call crt,crtbeginS.o) $(1) \
	-L/usr/lib/$(MUSL) -Wl,--start-group -lc -lgcc -Wl,--end-group $(call crt,crtendS.o) /usr/lib/$(MUSL)/crtn.o
else
link-program = $(link-host) -pie $(HARDENING) $(1)
endif

# Reports a missing compiler or libc before the compiler fails.
toolchain:
	@command -v '$(firstword $(CC))' >/dev/null || { \
		echo 'make: no C compiler $(firstword $(CC)): apt-get install gcc libc6-dev musl-tools' >&2; exit 1; }
ifeq ($(LIBC),musl)
	@test -f '/usr/lib/$(MUSL)/rcrt1.o' || { \
		echo 'make: no musl libc in /usr/lib/$(MUSL): apt-get install musl-tools' >&2; exit 1; }
endif

# The flags of the last build. Everything is built anew if they have changed.
$(B)/flags: export FLAGS = $(VERSION) $(LIBC) $(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) $(CI)
$(B)/flags: always
	@mkdir -p $(@D)
	@echo "$$FLAGS" | cmp -s - $@ || echo "$$FLAGS" >$@
.PHONY: always toolchain

$(B)/program/%.o: %.c mk/compile.mk $(B)/flags | toolchain
	@mkdir -p $(@D)
	$(call quiet,compile)$(compile) $< -o $@
$(HOST)/%.o: %.c mk/compile.mk $(B)/flags | toolchain
	@mkdir -p $(@D)
	$(call quiet,compile)$(compile) $< -o $@
# All objects of a folder except those with a main().
$(HOST)/%.a: $$(filter-out %/main.o %/probe.o,$$(call objects,$$*,$(HOST)))
	$(call quiet,archive)rm -f $@ && $(AR) rcs $@ $^
-include $(shell find build -name '*.d' -type f 2>/dev/null)
