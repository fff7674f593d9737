/* See relro.h. */
#include "common/relro.h"

#include <link.h>
#include <stdint.h>
#include <sys/auxv.h>
#include <sys/mman.h>

/* The ELF header, the first byte of the image; defined by the linker. */
/* NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): the linker chose the name */
extern const ElfW(Ehdr) __ehdr_start __attribute__((visibility("hidden")));

struct pages {
	char *start;
	size_t len;
};

/* The whole pages that a segment starts in and that it fills to their end. */
static struct pages pages_of(const ElfW(Phdr) * segment, uintptr_t page_size)
{
	const uintptr_t base = (uintptr_t)&__ehdr_start;
	const uintptr_t start = (base + segment->p_vaddr) & -page_size;
	const uintptr_t end = (base + segment->p_vaddr + segment->p_memsz) & -page_size;

	/* From an integer: a segment is more than any object of C. */
	return (struct pages){(char *)start, end - start};
}

static const ElfW(Phdr) * segments(void)
{
	return (const void *)((const char *)&__ehdr_start + __ehdr_start.e_phoff);
}

void relro_protect(void)
{
	const uintptr_t page_size = getauxval(AT_PAGESZ);
	const ElfW(Phdr) *segment = segments();

	for (int i = 0; i < __ehdr_start.e_phnum; i++)
		if (segment[i].p_type == PT_GNU_RELRO) {
			struct pages relro = pages_of(&segment[i], page_size);
			mprotect(relro.start, relro.len, PROT_READ);
		}
}
