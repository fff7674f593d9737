/*
 * The dynamic section of an ELF file: which libraries it needs and where it says to look for them. Both
 * widths, both byte orders. Pure: bytes come through a function, and every offset and size in them may be a
 * lie.
 */
#ifndef APTWRAP_LINKED_ELF_H
#define APTWRAP_LINKED_ELF_H

#include "aptwrap/text.h"

#include <stdbool.h>
#include <stdint.h>

struct elf_source {
	/* Reads exactly len bytes at offset, or returns false. */
	bool (*read)(void *arg, uint64_t offset, void *buf, size_t len);
	void *arg;
};

/* What a library and its user must have in common. */
struct elf_kind {
	bool wide, big;
	uint16_t machine;
};

struct elf_file {
	struct elf_kind kind;
	struct list needed; /* DT_NEEDED, in order */
	char *search;       /* DT_RUNPATH, or DT_RPATH where that is absent, or NULL */
};

enum elf_result {
	ELF_OK,
	ELF_NONE,   /* no ELF file, or nothing dynamic about it */
	ELF_BROKEN, /* it began like one */
};

enum elf_result elf_read(const struct elf_source *source, struct elf_file *file);

bool elf_same_kind(const struct elf_kind *a, const struct elf_kind *b);

#endif
