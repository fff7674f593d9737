/* See elf.h. */
#include "aptwrap/linked/elf.h"

#include <elf.h>
#include <string.h>

/* More than any real file has, and little enough to be read in no time. */
enum { MAX_SEGMENTS = 1024, MAX_DYNAMIC = 16384, MAX_NEEDED = 1024, MAX_NAME = 4096, MAX_LOADS = 64 };

struct load {
	uint64_t offset, address, size;
};

struct reader {
	const struct elf_source *source;
	struct elf_kind kind;
	struct load loads[MAX_LOADS];
	size_t load_count;
	uint64_t dynamic_offset, dynamic_size;
	/* From the dynamic section; addresses and offsets into the string table. */
	uint64_t strings_address, strings_size;
	uint64_t needed[MAX_NEEDED];
	size_t needed_count;
	uint64_t runpath, rpath;
	bool has_strings, has_runpath, has_rpath;
};

static uint64_t number(const struct reader *reader, const unsigned char *at, size_t size)
{
	uint64_t n = 0;

	for (size_t i = 0; i < size; i++)
		n = n << 8 | at[reader->kind.big ? i : size - 1 - i];
	return n;
}

/* A field that both widths have, at its offset in each. */
#define FIELD(reader, buf, type, field)                                                                      \
	((reader)->kind.wide ? number((reader), (buf) + offsetof(Elf64_##type, field),                       \
				      sizeof(((Elf64_##type *)0)->field))                                    \
			     : number((reader), (buf) + offsetof(Elf32_##type, field),                       \
				      sizeof(((Elf32_##type *)0)->field)))
#define SIZE(reader, type) ((reader)->kind.wide ? sizeof(Elf64_##type) : sizeof(Elf32_##type))

static bool get(const struct reader *reader, uint64_t offset, void *buf, size_t len)
{
	return offset <= INT64_MAX - len && reader->source->read(reader->source->arg, offset, buf, len);
}

static enum elf_result read_segments(struct reader *reader, uint64_t offset, uint64_t count, uint64_t size)
{
	unsigned char buf[sizeof(Elf64_Phdr)];

	if (count > MAX_SEGMENTS || size < SIZE(reader, Phdr) || offset > INT64_MAX)
		return ELF_BROKEN;
	for (uint64_t i = 0; i < count; i++) {
		/* No wrap: count and size are 16 bits wide, offset 63. */
		if (!get(reader, offset + i * size, buf, SIZE(reader, Phdr)))
			return ELF_BROKEN;
		uint64_t type = FIELD(reader, buf, Phdr, p_type), at = FIELD(reader, buf, Phdr, p_offset),
			 len = FIELD(reader, buf, Phdr, p_filesz);
		if (type == PT_DYNAMIC) {
			reader->dynamic_offset = at;
			reader->dynamic_size = len;
		} else if (type == PT_LOAD && reader->load_count < MAX_LOADS) {
			reader->loads[reader->load_count++] = (struct load){
				.offset = at, .address = FIELD(reader, buf, Phdr, p_vaddr), .size = len};
		}
	}
	return reader->dynamic_size > 0 ? ELF_OK : ELF_NONE;
}

static enum elf_result read_dynamic(struct reader *reader)
{
	unsigned char buf[sizeof(Elf64_Dyn)];
	size_t size = SIZE(reader, Dyn);
	uint64_t count = reader->dynamic_size / size;

	if (reader->dynamic_offset > INT64_MAX)
		return ELF_BROKEN;
	for (uint64_t i = 0; i < count && i < MAX_DYNAMIC; i++) {
		if (!get(reader, reader->dynamic_offset + i * size, buf, size))
			return ELF_BROKEN;
		uint64_t tag = FIELD(reader, buf, Dyn, d_tag), value = FIELD(reader, buf, Dyn, d_un.d_val);
		switch (tag) {
		case DT_NULL:
			return ELF_OK;
		case DT_NEEDED:
			if (reader->needed_count == MAX_NEEDED)
				return ELF_BROKEN;
			reader->needed[reader->needed_count++] = value;
			break;
		case DT_STRTAB:
			reader->strings_address = value;
			reader->has_strings = true;
			break;
		case DT_STRSZ:
			reader->strings_size = value;
			break;
		case DT_RUNPATH:
			reader->runpath = value;
			reader->has_runpath = true;
			break;
		case DT_RPATH:
			reader->rpath = value;
			reader->has_rpath = true;
			break;
		}
	}
	return ELF_OK;
}

/* From an address in memory to an offset in the file. */
static bool find_offset(const struct reader *reader, uint64_t address, uint64_t *offset)
{
	for (size_t i = 0; i < reader->load_count; i++) {
		const struct load *load = &reader->loads[i];
		if (address < load->address || address - load->address >= load->size ||
		    load->offset > INT64_MAX - (address - load->address))
			continue;
		*offset = load->offset + (address - load->address);
		return true;
	}
	return false;
}

/* The string at an offset of the string table, or NULL. */
static char *read_string(const struct reader *reader, uint64_t table, uint64_t at)
{
	struct text text = {0};
	char buf[64];

	if (at >= reader->strings_size)
		return NULL;
	uint64_t left = reader->strings_size - at;
	while (left > 0 && text.len < MAX_NAME) {
		size_t len = left < sizeof(buf) ? (size_t)left : sizeof(buf);
		if (table > INT64_MAX - at - len)
			return NULL;
		/* The table may end with the file, inside of this piece. */
		while (len > 0 && !get(reader, table + at, buf, len))
			len /= 2;
		if (len == 0)
			return NULL;
		const char *end = memchr(buf, '\0', len);
		text_add_bytes(&text, buf, end ? (size_t)(end - buf) : len);
		if (end)
			return text.data;
		at += len;
		left -= len;
	}
	return NULL;
}

static enum elf_result read_strings(const struct reader *reader, struct elf_file *file)
{
	uint64_t table;

	if (reader->needed_count == 0)
		return ELF_OK;
	if (!reader->has_strings || reader->strings_size > INT64_MAX ||
	    !find_offset(reader, reader->strings_address, &table))
		return ELF_BROKEN;
	for (size_t i = 0; i < reader->needed_count; i++) {
		char *name = read_string(reader, table, reader->needed[i]);
		if (!name)
			return ELF_BROKEN;
		list_add(&file->needed, name);
	}
	if (reader->has_runpath)
		file->search = read_string(reader, table, reader->runpath);
	else if (reader->has_rpath)
		file->search = read_string(reader, table, reader->rpath);
	return ELF_OK;
}

enum elf_result elf_read(const struct elf_source *source, struct elf_file *file)
{
	struct reader reader = {.source = source};
	unsigned char buf[sizeof(Elf64_Ehdr)];

	memset(file, 0, sizeof(*file));
	if (!get(&reader, 0, buf, EI_NIDENT) || memcmp(buf, ELFMAG, SELFMAG) != 0)
		return ELF_NONE;
	if ((buf[EI_CLASS] != ELFCLASS32 && buf[EI_CLASS] != ELFCLASS64) ||
	    (buf[EI_DATA] != ELFDATA2LSB && buf[EI_DATA] != ELFDATA2MSB))
		return ELF_BROKEN;
	reader.kind.wide = buf[EI_CLASS] == ELFCLASS64;
	reader.kind.big = buf[EI_DATA] == ELFDATA2MSB;
	if (!get(&reader, 0, buf, SIZE(&reader, Ehdr)))
		return ELF_BROKEN;
	uint64_t type = FIELD(&reader, buf, Ehdr, e_type);
	reader.kind.machine = (uint16_t)FIELD(&reader, buf, Ehdr, e_machine);
	file->kind = reader.kind;
	if (type != ET_EXEC && type != ET_DYN)
		return ELF_NONE;
	enum elf_result result =
		read_segments(&reader, FIELD(&reader, buf, Ehdr, e_phoff), FIELD(&reader, buf, Ehdr, e_phnum),
			      FIELD(&reader, buf, Ehdr, e_phentsize));
	if (result == ELF_OK)
		result = read_dynamic(&reader);
	if (result == ELF_OK)
		result = read_strings(&reader, file);
	return result;
}

bool elf_same_kind(const struct elf_kind *a, const struct elf_kind *b)
{
	return a->wide == b->wide && a->big == b->big && a->machine == b->machine;
}
