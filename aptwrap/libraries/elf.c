/* Reads the dynamic section of an ELF file. See libraries.h. */
#include "aptwrap/libraries/libraries.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* More than real files have, so that a hostile file cannot make the program read for long. */
enum { MAX_SEGMENTS = 1024, MAX_DYNAMIC = 16384, MAX_NEEDED = 1024, MAX_NAME = 4096 };

struct reader {
	int fd;
	bool broken;                                    /* something could not be read */
	bool wide, big;                                 /* 64 bits; big-endian */
	uint64_t segments, segment_count, segment_size; /* offset, number and size of the program headers */
	uint64_t dynamic, dynamic_size;                 /* of the dynamic section, in the file */
	uint64_t strings, strings_size;                 /* of its string table, in the file */
};

static uint64_t number(const struct reader *reader, const unsigned char *at, size_t size)
{
	uint64_t n = 0;

	for (size_t i = 0; i < size; i++)
		n = n << 8 | at[reader->big ? i : size - 1 - i];
	return n;
}

/* The number in a field of the 32-bit or the 64-bit struct. */
#define FIELD(reader, buf, type, field)                                                                      \
	((reader)->wide ? number((reader), (buf) + offsetof(Elf64_##type, field),                            \
				 sizeof(((Elf64_##type *)0)->field))                                         \
			: number((reader), (buf) + offsetof(Elf32_##type, field),                            \
				 sizeof(((Elf32_##type *)0)->field)))
#define SIZE(reader, type) ((reader)->wide ? sizeof(Elf64_##type) : sizeof(Elf32_##type))

/* Reads exactly len bytes. */
static bool get(struct reader *reader, uint64_t offset, void *buf, size_t len)
{
	if (offset <= INT64_MAX - len && pread(reader->fd, buf, len, (off_t)offset) == (ssize_t)len)
		return true;
	reader->broken = true;
	return false;
}

/* Finds PT_DYNAMIC, or the PT_LOAD that contains the address. *offset and *size are those in the file. */
static bool find_segment(struct reader *reader, uint64_t type, uint64_t address, uint64_t *offset,
			 uint64_t *size)
{
	unsigned char buf[sizeof(Elf64_Phdr)];

	/* The offset cannot wrap: count and size have 16 bits, and get() fails above INT64_MAX. */
	for (uint64_t i = 0; i < reader->segment_count; i++) {
		if (!get(reader, reader->segments + i * reader->segment_size, buf, SIZE(reader, Phdr)))
			return false;
		uint64_t skip = address - FIELD(reader, buf, Phdr, p_vaddr);
		*offset = FIELD(reader, buf, Phdr, p_offset);
		*size = FIELD(reader, buf, Phdr, p_filesz);
		if (FIELD(reader, buf, Phdr, p_type) != type)
			continue;
		if (type == PT_DYNAMIC)
			return true;
		if (skip < *size && *offset <= INT64_MAX - skip && *size <= INT64_MAX) {
			*offset += skip;
			return true;
		}
	}
	return false;
}

/* Reads entry i of the dynamic section. Returns false after the last one. */
static bool entry(struct reader *reader, uint64_t i, uint64_t *tag, uint64_t *value)
{
	unsigned char buf[sizeof(Elf64_Dyn)];
	size_t size = SIZE(reader, Dyn);

	if (i >= reader->dynamic_size / size || i >= MAX_DYNAMIC ||
	    !get(reader, reader->dynamic + i * size, buf, size))
		return false;
	*tag = FIELD(reader, buf, Dyn, d_tag);
	*value = FIELD(reader, buf, Dyn, d_un.d_val);
	return *tag != DT_NULL;
}

/* The string at an offset of the string table, or NULL. */
static char *read_string(const struct reader *reader, uint64_t at)
{
	char buf[MAX_NAME];

	if (at >= reader->strings_size || at > INT64_MAX || reader->strings > INT64_MAX - at)
		return NULL;
	uint64_t left = reader->strings_size - at;
	/* The file may end before buf is full. */
	ssize_t n = pread(reader->fd, buf, left < sizeof(buf) ? (size_t)left : sizeof(buf),
			  (off_t)(reader->strings + at));
	return n > 0 && memchr(buf, '\0', (size_t)n) ? text_copy(buf, strlen(buf)) : NULL;
}

static enum elf_result read_dynamic(struct reader *reader, struct elf_file *file)
{
	uint64_t tag, value, ignored, table = 0, runpath = 0, rpath = 0;
	bool any = false;

	for (uint64_t i = 0; entry(reader, i, &tag, &value); i++) {
		any |= tag == DT_NEEDED;
		table = tag == DT_STRTAB ? value : table;
		reader->strings_size = tag == DT_STRSZ ? value : reader->strings_size;
		runpath = tag == DT_RUNPATH ? value : runpath;
		rpath = tag == DT_RPATH ? value : rpath;
	}
	if (reader->broken || (any && !find_segment(reader, PT_LOAD, table, &reader->strings, &ignored)))
		return ELF_BROKEN;
	for (uint64_t i = 0; any && entry(reader, i, &tag, &value); i++) {
		char *name = tag == DT_NEEDED ? read_string(reader, value) : NULL;
		if (tag == DT_NEEDED && (!name || file->needed.count == MAX_NEEDED))
			return ELF_BROKEN;
		if (name)
			list_add(&file->needed, name);
	}
	/* Offset 0 is the empty string. */
	if (any && (runpath || rpath))
		file->search = read_string(reader, runpath ? runpath : rpath);
	return ELF_OK;
}

enum elf_result elf_read(int fd, struct elf_file *file)
{
	struct reader reader = {.fd = fd};
	unsigned char buf[sizeof(Elf64_Ehdr)];

	*file = (struct elf_file){0};
	if (!get(&reader, 0, buf, EI_NIDENT) || memcmp(buf, ELFMAG, SELFMAG) != 0)
		return ELF_NONE;
	reader.wide = buf[EI_CLASS] == ELFCLASS64;
	reader.big = buf[EI_DATA] == ELFDATA2MSB;
	if ((buf[EI_CLASS] != ELFCLASS32 && !reader.wide) || (buf[EI_DATA] != ELFDATA2LSB && !reader.big) ||
	    !get(&reader, 0, buf, SIZE(&reader, Ehdr)))
		return ELF_BROKEN;
	uint64_t type = FIELD(&reader, buf, Ehdr, e_type);
	file->kind = (uint32_t)buf[EI_CLASS] << 24 | (uint32_t)buf[EI_DATA] << 16 |
		     (uint32_t)FIELD(&reader, buf, Ehdr, e_machine);
	reader.segments = FIELD(&reader, buf, Ehdr, e_phoff);
	reader.segment_count = FIELD(&reader, buf, Ehdr, e_phnum);
	reader.segment_size = FIELD(&reader, buf, Ehdr, e_phentsize);
	if (type != ET_EXEC && type != ET_DYN)
		return ELF_NONE;
	if (reader.segment_count > MAX_SEGMENTS || reader.segment_size < SIZE(&reader, Phdr))
		return ELF_BROKEN;
	if (!find_segment(&reader, PT_DYNAMIC, 0, &reader.dynamic, &reader.dynamic_size) ||
	    reader.dynamic_size == 0)
		return reader.broken ? ELF_BROKEN : ELF_NONE;
	return read_dynamic(&reader, file);
}

/* O_NONBLOCK: opening a FIFO must not wait. */
enum elf_result elf_read_path(const char *path, struct elf_file *file)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat st;
	bool regular = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	enum elf_result result = regular ? elf_read(fd, file) : ELF_NONE;

	descriptor_close(fd);
	return result;
}

bool elf_is_kind(const char *path, uint32_t kind)
{
	struct elf_file file;

	return elf_read_path(path, &file) == ELF_OK && file.kind == kind;
}
