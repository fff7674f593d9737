/*
 * property: read_string() reads nothing outside of its buffer or at an offset below 0, and returns text that ends
 * bound: a string table of any place and size, of which 6 bytes are read in place of 4096
 * assumes: pread(2) writes what it returns at most | the kernel
 * flags: --unwind 8
 * edit: s/MAX_NAME = 4096/MAX_NAME = 6/
 * mutant: s/left < sizeof(buf) ? (size_t)left : sizeof(buf)/left/
 * mutant: s/ || reader->strings > INT64_MAX - at//
 * mutant: s/n > 0 && memchr(buf, '\\0', (size_t)n)/n > 0/
 */
#include "pread.h"

static char copy[8];

char *text_copy(const char *s, size_t len)
{
	PROVE(__CPROVER_r_ok(s, len) && len < 6, "the copied bytes are there");
	return copy;
}

void list_add(struct list *list, const char *s)
{
}

#include "libc.h"

#include "aptwrap/libraries/elf.c"

int main(void)
{
	struct reader reader;
	const uint64_t at = nondet_uint64();
	const char *name = read_string(&reader, at);

	PROVE(!name || at < reader.strings_size, "within the table");
	REACH(name && reader.strings_size - at < 6, "at the end of the table");
	REACH(name && reader.strings > 1, "a name");
	return 0;
}
