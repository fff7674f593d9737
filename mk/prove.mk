# The proofs and the model of test/proofs/README.md. Included by Makefile. P selects some of them: P='become relay'.
prove:
	$(if $(PREREQUISITES),@$(PREREQUISITES) prove)
	@test/proofs/prove.py $(P)
.PHONY: prove
