/* pread(2) of any file, for the proofs of the ELF reader, and what it takes from the rest of aptwrap. */
#pragma once

#include <elf.h>
#include <string.h>
#include <unistd.h>

#include "aptwrap/libraries/libraries.h"
#include "proof.h"

static ssize_t model_pread(void *buf, size_t len, off_t offset)
{
	const ssize_t result = (ssize_t)nondet_int64();

	PROVE(offset >= 0, "an offset in a file");
	PROVE(__CPROVER_w_ok(buf, len), "within the buffer");
	ASSUME(result >= -1 && result <= (ssize_t)len);
	if (result > 0)
		__CPROVER_havoc_slice(buf, (size_t)result);
	return result;
}
#define pread(fd, buf, len, offset) model_pread(buf, len, offset)
