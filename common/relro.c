#include "common/relro.h"

#include <link.h>
#include <stdint.h>
#include <sys/auxv.h>
#include <sys/mman.h>

/* The ELF header, the first byte of the image; defined by the linker. */
/* NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): the linker chose the name */
extern const ElfW(Ehdr) __ehdr_start __attribute__((visibility("hidden")));

void relro_protect(void)
{
	/* Integers, as the headers and the segments lie in no object of C. */
	const uintptr_t base = (uintptr_t)&__ehdr_start, page_mask = -getauxval(AT_PAGESZ);
	const ElfW(Phdr) *segment = (const void *)(base + __ehdr_start.e_phoff);

	for (int i = 0; i < __ehdr_start.e_phnum; i++) {
		if (segment[i].p_type != PT_GNU_RELRO)
			continue;
		/* The whole pages that the segment starts in and that it fills to their end. */
		const uintptr_t start = (base + segment[i].p_vaddr) & page_mask;
		const uintptr_t end = (base + segment[i].p_vaddr + segment[i].p_memsz) & page_mask;
		mprotect((void *)start, end - start, PROT_READ);
	}
}
