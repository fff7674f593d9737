/*
 * property: read_dynamic() reads nothing outside of its buffer or at an offset below 0, and ends, whatever the section says
 * bound: a dynamic section of any size, of which 3 entries are read in place of 16384
 * assumes: find_segment() and read_string() do what their proofs show | proofs elf_segment, elf_string
 * assumes: pread(2) writes what it returns at most | the kernel
 * flags: --unwind 9
 * edit: s/MAX_DYNAMIC = 16384, MAX_NEEDED = 1024/MAX_DYNAMIC = 3, MAX_NEEDED = 2/
 * edit: s/^static bool find_segment(/static bool original_find_segment(/
 * edit: s/^static char \*read_string(/static char *original_read_string(/
 * mutant: s/if (tag == DT_NEEDED && (!name || file->needed.count == MAX_NEEDED))/if (0)/
 * mutant: s/i >= reader->dynamic_size \/ size || i >= MAX_DYNAMIC/i >= reader->dynamic_size \/ size/
 * mutant: s/if (offset <= INT64_MAX - len \&\& pread/if (pread/
 */
#include "pread.h"

struct reader;
static char copy[8];

static bool find_segment(struct reader *reader, uint64_t type, uint64_t address, uint64_t *offset,
			 uint64_t *size)
{
	*offset = nondet_uint64();
	*size = nondet_uint64();
	return nondet_bool();
}

static char *read_string(const struct reader *reader, uint64_t at)
{
	return nondet_bool() ? copy : NULL;
}

char *text_copy(const char *s, size_t len)
{
	return copy;
}

void list_add(struct list *list, const char *s)
{
	PROVE(s == copy, "a name");
	list->count++;
}

#include "aptwrap/libraries/elf.c"

int main(void)
{
	struct reader reader;
	struct elf_file file = {.search = NULL};
	const enum elf_result result = read_dynamic(&reader, &file);

	PROVE(file.needed.count <= MAX_NEEDED, "a bounded number of libraries");
	PROVE(result == ELF_OK || result == ELF_BROKEN, "read, or broken");
	REACH(result == ELF_OK && file.needed.count == 2 && file.search, "two libraries and a path");
	REACH(result == ELF_BROKEN, "broken");
	return 0;
}
