# The side-by-side benchmark, included by Makefile: see bench/README.md. ROUNDS: starts of each candidate.
BENCH := $(B)/bench
ROUNDS ?= 1000
RAW_CFLAGS := -std=c11 $(WARNINGS) -O2 -ffreestanding -fno-pie -fno-stack-protector -fno-asynchronous-unwind-tables
RAW_LDFLAGS := -static -nostdlib -Wl,-z,noseparate-code,-z,noexecstack,--build-id=none -s
bench:
	$(if $(PREREQUISITES),@$(PREREQUISITES) bench)
	$(MAKE) bench-build
	bench/bench.py '$(BIN)' '$(BENCH)' '$(ROUNDS)'
bench-build: all $(BENCH)/driver $(BENCH)/floor_init $(BENCH)/floor_drop $(BENCH)/child
# No libc, one segment: what every figure is a ratio to has to be as small as a program can be.
$(BENCH)/floor_init $(BENCH)/floor_drop $(BENCH)/child: $(BENCH)/%: bench/%.c bench/raw.h bench/shared.h
	@mkdir -p $(@D)
	$(CC) $(OWN_CPPFLAGS) $(RAW_CFLAGS) $(RAW_LDFLAGS) $< -o $@
$(BENCH)/driver: $(HOST)/bench/driver.o $(HOST)/bench/launch.o $(HOST)/bench/measure.o $(HOST)/common.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) $(SANITIZER) $^ -o $@
.PHONY: bench bench-build
# make lint looks at these as well.
LINT_C += $(wildcard bench/*.[ch])
