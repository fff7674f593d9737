/* elf.c, on files that the test writes: both widths, both byte orders, wrong offsets and sizes. */
#include "aptwrap/libraries/libraries.h"

#include <elf.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cmocka.h>

struct image {
	bool wide, big;
	unsigned char bytes[1024];
	size_t len;
};

static void put(struct image *image, size_t at, uint64_t value, size_t size)
{
	for (size_t i = 0; i < size; i++)
		image->bytes[at + (image->big ? size - 1 - i : i)] = (unsigned char)(value >> 8 * i);
	if (image->len < at + size)
		image->len = at + size;
}

/* The offsets of the parts. The string table is loaded at an address that differs from its offset. */
enum { PHDRS = 64, DYNAMIC = 256, STRINGS = 512, STRINGS_SIZE = 64, ADDRESS = 0x40000 };

#define AT(image, base, type, field)                                                                         \
	((image)->wide ? (base) + offsetof(Elf64_##type, field) : (base) + offsetof(Elf32_##type, field))
#define LEN(image, type, field)                                                                              \
	((image)->wide ? sizeof(((Elf64_##type *)0)->field) : sizeof(((Elf32_##type *)0)->field))
#define PUT(image, base, type, field, value)                                                                 \
	put((image), AT(image, base, type, field), (value), LEN(image, type, field))
#define ENTRY(image, type) ((image)->wide ? sizeof(Elf64_##type) : sizeof(Elf32_##type))

static void add_dynamic(struct image *image, size_t i, uint64_t tag, uint64_t value)
{
	PUT(image, DYNAMIC + i * ENTRY(image, Dyn), Dyn, d_tag, tag);
	PUT(image, DYNAMIC + i * ENTRY(image, Dyn), Dyn, d_un.d_val, value);
}

static struct image make(bool wide, bool big)
{
	struct image image = {.wide = wide, .big = big};

	memcpy(image.bytes, ELFMAG, SELFMAG);
	image.bytes[EI_CLASS] = wide ? ELFCLASS64 : ELFCLASS32;
	image.bytes[EI_DATA] = big ? ELFDATA2MSB : ELFDATA2LSB;
	PUT(&image, 0, Ehdr, e_type, ET_DYN);
	PUT(&image, 0, Ehdr, e_machine, EM_AARCH64);
	PUT(&image, 0, Ehdr, e_phoff, PHDRS);
	PUT(&image, 0, Ehdr, e_phentsize, ENTRY(&image, Phdr));
	PUT(&image, 0, Ehdr, e_phnum, 2);
	PUT(&image, PHDRS, Phdr, p_type, PT_LOAD);
	PUT(&image, PHDRS, Phdr, p_offset, 0);
	PUT(&image, PHDRS, Phdr, p_vaddr, ADDRESS);
	PUT(&image, PHDRS, Phdr, p_filesz, 1024);
	PUT(&image, PHDRS + ENTRY(&image, Phdr), Phdr, p_type, PT_DYNAMIC);
	PUT(&image, PHDRS + ENTRY(&image, Phdr), Phdr, p_offset, DYNAMIC);
	PUT(&image, PHDRS + ENTRY(&image, Phdr), Phdr, p_filesz, 7 * ENTRY(&image, Dyn));
	add_dynamic(&image, 0, DT_NEEDED, 1);
	add_dynamic(&image, 1, DT_NEEDED, 12);
	add_dynamic(&image, 2, DT_RPATH, 22);
	add_dynamic(&image, 3, DT_RUNPATH, 27);
	add_dynamic(&image, 4, DT_STRTAB, ADDRESS + STRINGS);
	add_dynamic(&image, 5, DT_STRSZ, STRINGS_SIZE);
	add_dynamic(&image, 6, DT_NULL, 0);
	memcpy(image.bytes + STRINGS, "\0libpq.so.5\0libc.so.6\0/old\0$ORIGIN/lib", 39);
	image.len = STRINGS + STRINGS_SIZE;
	return image;
}

static enum elf_result read_elf(struct image *image, struct elf_file *file)
{
	int fd = memfd_create("elf", MFD_CLOEXEC);

	assert_true(fd >= 0 && write(fd, image->bytes, image->len) == (ssize_t)image->len);
	enum elf_result result = elf_read(fd, file);
	close(fd);
	return result;
}

static void test_all_kinds(void **state)
{
	(void)state;
	struct elf_file file;

	for (int i = 0; i < 4; i++) {
		struct image image = make(i & 1, i & 2);
		assert_int_equal(read_elf(&image, &file), ELF_OK);
		assert_int_equal(file.kind >> 24, (i & 1) ? ELFCLASS64 : ELFCLASS32);
		assert_int_equal(file.kind >> 16 & 255, (i & 2) ? ELFDATA2MSB : ELFDATA2LSB);
		assert_int_equal(file.kind & 65535, EM_AARCH64);
		assert_int_equal(file.needed.count, 2);
		assert_string_equal(file.needed.items[0], "libpq.so.5");
		assert_string_equal(file.needed.items[1], "libc.so.6");
		assert_string_equal(file.search, "$ORIGIN/lib");
	}
}

static void test_rpath_where_no_runpath(void **state)
{
	(void)state;
	struct elf_file file;
	struct image image = make(true, false);

	add_dynamic(&image, 3, DT_DEBUG, 0);
	assert_int_equal(read_elf(&image, &file), ELF_OK);
	assert_string_equal(file.search, "/old");
}

static void test_cut_anywhere(void **state)
{
	(void)state;
	struct elf_file file;

	for (int i = 0; i < 4; i++) {
		struct image whole = make(i & 1, i & 2);
		for (size_t len = 0; len < STRINGS + 22; len++) {
			struct image image = whole;
			image.len = len;
			enum elf_result result = read_elf(&image, &file);
			assert_int_equal(result, len < EI_NIDENT ? ELF_NONE : ELF_BROKEN);
		}
	}
}

static void test_lies(void **state)
{
	(void)state;
	struct elf_file file;
	const uint64_t values[] = {UINT64_MAX, UINT64_MAX - 15, INT64_MAX, (uint64_t)INT64_MAX + 1, 1 << 20,
				   0};

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		uint64_t v = values[i];
		struct image image = make(true, false);
		PUT(&image, 0, Ehdr, e_phoff, v);
		assert_int_not_equal(read_elf(&image, &file), ELF_OK);
		image = make(true, false);
		PUT(&image, PHDRS + ENTRY(&image, Phdr), Phdr, p_offset, v);
		if (v != 0)
			assert_int_equal(read_elf(&image, &file), ELF_BROKEN);
		image = make(true, false);
		add_dynamic(&image, 0, DT_NEEDED, v);
		if (v != 0)
			assert_int_equal(read_elf(&image, &file), ELF_BROKEN);
		image = make(true, false);
		add_dynamic(&image, 4, DT_STRTAB, v);
		assert_int_equal(read_elf(&image, &file), ELF_BROKEN);
		image = make(true, false);
		PUT(&image, PHDRS, Phdr, p_offset, v);
		PUT(&image, PHDRS, Phdr, p_filesz, v);
		if (v != 0)
			read_elf(&image, &file);
	}
	struct image image = make(true, false);
	PUT(&image, 0, Ehdr, e_phnum, 0xffff);
	assert_int_equal(read_elf(&image, &file), ELF_BROKEN);
	image = make(true, false);
	PUT(&image, 0, Ehdr, e_phentsize, 1);
	assert_int_equal(read_elf(&image, &file), ELF_BROKEN);
	image = make(true, false);
	add_dynamic(&image, 5, DT_STRSZ, 5);
	assert_int_equal(read_elf(&image, &file), ELF_BROKEN);
	/* The second name begins behind the end of the table. */
	image = make(true, false);
	add_dynamic(&image, 5, DT_STRSZ, 12);
	add_dynamic(&image, 1, DT_NEEDED, 13);
	assert_int_equal(read_elf(&image, &file), ELF_BROKEN);
	/* Added to the table's offset it would wrap around, to the file's second byte. */
	image = make(true, false);
	add_dynamic(&image, 5, DT_STRSZ, UINT64_MAX);
	add_dynamic(&image, 0, DT_NEEDED, UINT64_MAX - (STRINGS - 2));
	assert_int_equal(read_elf(&image, &file), ELF_BROKEN);
}

static void test_nothing_dynamic(void **state)
{
	(void)state;
	struct elf_file file;
	struct image image = make(true, false);

	PUT(&image, 0, Ehdr, e_phnum, 1);
	assert_int_equal(read_elf(&image, &file), ELF_NONE);
	image = make(true, false);
	PUT(&image, 0, Ehdr, e_type, ET_REL);
	assert_int_equal(read_elf(&image, &file), ELF_NONE);
	image = make(true, false);
	image.bytes[EI_CLASS] = 3;
	assert_int_equal(read_elf(&image, &file), ELF_BROKEN);
	memcpy(image.bytes, "#!/bin/sh\n       ", 17);
	assert_int_equal(read_elf(&image, &file), ELF_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_kinds),       cmocka_unit_test(test_rpath_where_no_runpath),
		cmocka_unit_test(test_cut_anywhere),    cmocka_unit_test(test_lies),
		cmocka_unit_test(test_nothing_dynamic),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
