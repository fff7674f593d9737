/*
 * property: find_segment() reads nothing outside of its buffer and nothing at an offset below 0; what it finds for an
 *	address begins where no later addition can wrap
 * bound: 2 program headers of any bytes, both widths, both byte orders
 * assumes: pread(2) writes what it returns at most | the kernel
 * flags: --unwind 9
 * mutant: s/skip < \*size && \*offset <= INT64_MAX - skip && /skip < *size \&\& /
 * mutant: s/if (offset <= INT64_MAX - len \&\& pread/if (pread/
 * mutant: s/skip < \*size && //
 */
#include "pread.h"

#include "aptwrap/libraries/elf.c"

int main(void)
{
	struct reader reader;
	uint64_t offset, size;
	const uint64_t address = nondet_uint64(), type = nondet_bool() ? PT_DYNAMIC : PT_LOAD;

	reader.broken = false;
	ASSUME(reader.segment_count <= 2 && reader.segment_size <= UINT16_MAX);
	if (!find_segment(&reader, type, address, &offset, &size))
		return 0;
	PROVE(reader.segment_count > 0, "one of the headers");
	if (type == PT_LOAD) {
		PROVE(offset <= INT64_MAX, "an offset in a file");
		PROVE(size > 0 && size <= INT64_MAX, "its segment is not empty");
	}
	REACH(type == PT_LOAD && reader.wide && reader.big, "64 bits, big endian");
	REACH(type == PT_DYNAMIC && !reader.wide, "32 bits");
	return 0;
}
