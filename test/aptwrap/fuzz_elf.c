/* Reads any bytes as an ELF file. Input that starts with "hex:" is hexadecimal, for readable seeds. */
#include "aptwrap/libraries/libraries.h"

#include "test/aptwrap/forget.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct bytes {
	unsigned char data[1 << 16];
	size_t len;
};

static int digit(uint8_t c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void take_hex(struct bytes *bytes, const uint8_t *data, size_t size)
{
	int high = -1;

	for (size_t i = 0; i < size && bytes->len < sizeof(bytes->data); i++) {
		int value = digit(data[i]);
		if (value < 0)
			continue;
		if (high < 0) {
			high = value;
		} else {
			bytes->data[bytes->len++] = (unsigned char)(high << 4 | value);
			high = -1;
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct bytes bytes;
	static int fd = -1;
	struct elf_file file;

	bytes.len = 0;
	if (size >= 4 && memcmp(data, "hex:", 4) == 0) {
		take_hex(&bytes, data + 4, size - 4);
	} else {
		bytes.len = size < sizeof(bytes.data) ? size : sizeof(bytes.data);
		memcpy(bytes.data, data, bytes.len);
	}
	if (fd < 0)
		fd = memfd_create("elf", MFD_CLOEXEC);
	if (fd < 0 || ftruncate(fd, 0) < 0 || pwrite(fd, bytes.data, bytes.len, 0) != (ssize_t)bytes.len)
		abort();
	remember();
	elf_read(fd, &file);
	forget();
	return 0;
}
