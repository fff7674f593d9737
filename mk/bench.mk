# The side-by-side benchmark: see bench/README.md. ROUNDS: starts of each candidate. Included by Makefile.
BENCH := $(B)/bench
ROUNDS ?= 1000
RAW_CFLAGS := -std=c11 $(WARNINGS) -O2 -ffreestanding -fno-pie -fno-stack-protector -fno-asynchronous-unwind-tables
RAW_LDFLAGS := -static -nostdlib -Wl,-z,noseparate-code,-z,noexecstack,--build-id=none -s
bench:
	$(if $(PREREQUISITES),@$(PREREQUISITES) bench)
	$(MAKE) all $(BENCH)/driver $(RAW)
	bench/bench.py '$(BIN)' '$(BENCH)' '$(ROUNDS)'
# No libc, one segment: every figure is a ratio to a floor, which has to be as small as a program can be.
RAW := $(BENCH)/floor_init $(BENCH)/floor_drop $(BENCH)/child
$(RAW): $(BENCH)/%: bench/%.c bench/raw.h bench/shared.h
	@mkdir -p $(@D)
	$(CC) $(OWN_CPPFLAGS) $(RAW_CFLAGS) $(RAW_LDFLAGS) $< -o $@
$(BENCH)/driver: $(HOST)/bench/driver.o $(HOST)/bench/launch.o $(HOST)/bench/measure.o $(HOST)/common.a
	@mkdir -p $(@D)
	$(link-host) $^ -o $@
.PHONY: bench
