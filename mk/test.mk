# The tests. Included by Makefile. As root each target first installs what it needs; PREREQUISITES= leaves that out.
PREREQUISITES ?= test/prerequisites.sh

test_programs = $(patsubst test/%.c,$(HOST)/test/%,$(wildcard test/*/$(1)_*.c))
UNIT_TESTS := $(call test_programs,unit)
LIVE_TESTS := $(call test_programs,live)
STRESS_TESTS := $(call test_programs,stress)
LIVE_SCRIPTS := $(wildcard $(PROGRAMS:%=test/%/live_*.sh))
TEST_ENV = BIN='$(abspath $(BIN))' PROBE='$(abspath $(HOST))/probe' $(and $(SANITIZE),ASAN_OPTIONS=detect_leaks=0)

# A test in C is linked with cmocka, the program's objects, and the harness that runs programs.
$(HOST)/test/%: $(HOST)/test/%.o $(HOST)/$$(*D).a $(HOST)/common.a $(HOST)/test/support.a
	$(call quiet,link)$(link-host) $($(@F)_LDFLAGS) $^ -lcmocka -lutil -o $@
# A mock of the kernel gets the calls of become.c. prctl() has another name in a 32-bit glibc with 64-bit time.
unit_become_LDFLAGS := -Wl,--wrap=syscall,--wrap=prctl,--wrap=__prctl_time64,--defsym=__wrap___prctl_time64=__wrap_prctl
# The test replaces a directory between two calls of remove.c.
unit_remove_LDFLAGS := -Wl,--wrap=openat
# The test makes these calls fail.
unit_leftovers_LDFLAGS := -Wl,--wrap=fstatat,--wrap=openat
# The test removes the private directory after these calls.
unit_run_LDFLAGS := -Wl,--wrap=mkdir,--wrap=flock
# The probe and the storm are static, so that they run in an empty root.
$(HOST)/probe: $(HOST)/test/support/probe.o
$(HOST)/storm: $(HOST)/test/image/storm.o
$(HOST)/probe $(HOST)/storm:
	$(call quiet,link)$(CC) $(CFLAGS) $(LDFLAGS) -static $^ -o $@
$(HOST)/test/support/probe.o $(HOST)/test/image/storm.o: INSTRUMENT :=

# T selects tests: T=init/unit_relay one, T=init/ those of a program. $(call selected,TESTS): the selected ones of TESTS;
# $(call some,TESTS): the same, and none is an error.
selected = $(if $(T),$(strip $(foreach t,$(1),$(if $(findstring /$(T),$(t)),$(t)))),$(1))
some = $(or $(call selected,$(1)),$(error no test has the name T=$(T)))
check test:
	$(if $(PREREQUISITES),@$(PREREQUISITES) check)
	@$(MAKE) check-build
	@$(TEST_ENV) test/run.sh $(call some,$(UNIT_TESTS) $(LIVE_TESTS) $(LIVE_SCRIPTS))
check-build: all $(call selected,$(UNIT_TESTS) $(LIVE_TESTS)) $(HOST)/probe
check-unit: check-unit-build
	@test/run.sh $(UNIT_TESTS)
check-unit-build: $(UNIT_TESTS)
check-live-build: all $(LIVE_TESTS) $(HOST)/probe

# Tests of the packages in fresh roots, of the image in a real engine.
check-package check-image: check-%:
	$(if $(PREREQUISITES),@$(PREREQUISITES) $*-test)
	$(MAKE) all
	$(quiet-deb)
	$(if $(filter image,$*),VERBOSE=1 test/image/engine.sh) test/run.sh $(call some,$(wildcard test/$*/live_*.sh))

# Builds a release of the checked-out commit for all architectures, checks it, installs it and downloads it.
check-release:
	$(if $(PREREQUISITES),@$(PREREQUISITES) release-test)
	$(MAKE) all $(HOST)/probe
	@PROBE='$(abspath $(HOST))/probe' test/run.sh $(call some,$(wildcard test/release/live_*.sh))

# Runs README's two commands in a new minimal root of SUITE, as a newcomer would.
SUITE ?= trixie
check-fresh:
	MUST_RUN=1 test/fresh.sh $(SUITE) 'make demo' 'make check'

# All tests, including the slow ones: both releases, more random moments, races by the thousand.
check-all: check check-package check-image check-release stress check-slow
check-slow:
	$(if $(PREREQUISITES),@$(PREREQUISITES) slow)
	$(MAKE) check-live-build
	@$(TEST_ENV) test/run.sh $(call some,$(wildcard test/*/slow_*.sh))
stress:
	$(if $(PREREQUISITES),@$(PREREQUISITES) image)
	$(MAKE) all $(STRESS_TESTS) $(HOST)/probe $(HOST)/storm
	@$(TEST_ENV) VERBOSE=1 test/run.sh $(STRESS_TESTS)
	@$(TEST_ENV) STORM='$(abspath $(HOST))/storm' test/image/engine.sh test/run.sh test/image/stress_engine.sh

# Breaks the code in one place at a time; a test must fail. ONLY=TEXT: the mutations with that text in their name.
mutate:
	$(if $(PREREQUISITES),@$(PREREQUISITES) check)
	test/mutate.sh test/mutations.txt

# Makes each system call of each program fail.
check-faults:
	$(if $(PREREQUISITES),@$(PREREQUISITES) check)
	$(MAKE) all $(HOST)/probe
	@$(TEST_ENV) test/faults.sh
	@$(TEST_ENV) test/aptwrap/faults.sh

# Unit and black-box tests with the address and the undefined behaviour sanitizer of both compilers, unit tests by valgrind.
check-sanitize:
	$(if $(PREREQUISITES),@$(PREREQUISITES) sanitize)
	for cc in gcc clang; do $(MAKE) SANITIZE=1 CC=$$cc PREREQUISITES= check || exit; done
	$(MAKE) check-unit-build
	for test in $(UNIT_TESTS); do valgrind --quiet --vgdb=no --error-exitcode=99 $$test || exit; done

# Prints which lines of init, suexec and common their tests run. A program writes its counters when it exits and before it
# executes a command. It may be another user then, so the files exist before, with write permission for everybody. aptwrap
# is left out, because most of its tests run in a root of their own, which cannot write to these files.
COUNTED := common init suexec
coverage:
	$(if $(PREREQUISITES),@$(PREREQUISITES) coverage)
	$(MAKE) COVERAGE=1 check-live-build check-unit-build
	find build -path '*-coverage/*' -name '*.gcno' | while read -r notes; do \
		data=$${notes%.gcno}.gcda && rm -f "$$data" && touch "$$data" && chmod 666 "$$data" || exit; done
	for folder in $(COUNTED); do $(MAKE) COVERAGE=1 PREREQUISITES= T=$$folder/ check || exit; done
	gcovr --root . $(COUNTED:%=--filter %/) --sort-percentage build/*-coverage

# FUZZ_SECONDS: how long each target runs.
FUZZ_SECONDS ?= 60
FUZZ_TARGETS := $(patsubst test/%.c,build/fuzz/%,$(wildcard test/*/fuzz_*.c))
build/fuzz/%: test/%.c $(foreach p,common $(PROGRAMS),$(wildcard $(p)/*.[ch] $(p)/*/*.[ch]))
	@mkdir -p $(@D)
	clang $(OWN_CPPFLAGS) -std=c11 -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
		$< $(filter-out %/main.c,$(call sources,$(*D))) $(call sources,common) -o $@
fuzz:
	$(if $(PREREQUISITES),@$(PREREQUISITES) fuzz)
	$(MAKE) $(FUZZ_TARGETS)
	test/fuzz.sh $(FUZZ_SECONDS) $(FUZZ_TARGETS)

.PHONY: check test check-build check-unit check-unit-build check-live-build check-package check-image check-release check-fresh
.PHONY: check-all check-slow stress mutate check-faults check-sanitize coverage fuzz
