# Formatters and analysers; both compilers must build without a warning. Included by Makefile.
LINT_C = $(foreach d,common $(PROGRAMS) bench,$(wildcard $(d)/*.[ch] $(d)/*/*.[ch] test/$(d)/*.[ch])) \
	$(wildcard test/support/*.[ch] test/image/*.c)
LINT_SH = $(wildcard test/*.sh test/*/*.sh release/*.sh examples/*/*.sh) .ci/run
# The part that takes only seconds; .pre-commit-config.yaml runs it.
lint-quick:
	$(if $(PREREQUISITES),@$(PREREQUISITES) lint)
	clang-format --dry-run --Werror $(LINT_C)
	shellcheck $(LINT_SH)
	mandoc -T lint -W warning $(wildcard */*.[18])
	bench/report.py --check
lint: lint-quick
	for cc in gcc clang; do $(MAKE) -s B=build/lint CC=$$cc CI=1 names check-unit-build || exit; done
	for file in $(foreach d,common $(PROGRAMS),$(call sources,$(d))); do \
		gcc -fanalyzer -Werror $(OWN_CPPFLAGS) -std=c11 -Os -c $$file -o /dev/null || exit; done
	clang-tidy --quiet --warnings-as-errors='*' $(filter %.c,$(LINT_C)) -- $(OWN_CPPFLAGS) -std=c11 $(WARNINGS)
.PHONY: lint lint-quick
