/* See contents.h. */
#include "aptwrap/linked/contents.h"

#include "aptwrap/run/packages.h"

#include <elf.h>
#include <string.h>

#ifndef EM_LOONGARCH
#define EM_LOONGARCH 258
#endif

static const struct {
	uint16_t machine;
	bool wide;
	const char *triplet;
} architectures[] = {
	{EM_X86_64, true, "x86_64-linux-gnu"},
	{EM_386, false, "i386-linux-gnu"},
	{EM_AARCH64, true, "aarch64-linux-gnu"},
	{EM_ARM, false, "arm-linux-gnueabihf"},
	{EM_ARM, false, "arm-linux-gnueabi"},
	{EM_PPC64, true, "powerpc64le-linux-gnu"},
	{EM_S390, true, "s390x-linux-gnu"},
	{EM_RISCV, true, "riscv64-linux-gnu"},
	{EM_MIPS, true, "mips64el-linux-gnuabi64"},
	{EM_MIPS, false, "mipsel-linux-gnu"},
	{EM_LOONGARCH, true, "loongarch64-linux-gnu"},
};

enum place {
	PLACE_OTHER,
	PLACE_COMMON, /* directories that the linker looks into for any architecture */
	PLACE_OWN,    /* for this one */
};

/* dir is written without a slash at either end. */
static enum place place_of(const struct elf_kind *kind, const char *dir, size_t len)
{
	static const char *const roots[] = {"usr/lib", "lib"};

	for (size_t r = 0; r < 2; r++) {
		size_t n = strlen(roots[r]);
		if (!text_starts(dir, len, roots[r]))
			continue;
		if (len == n)
			return PLACE_COMMON;
		for (size_t i = 0; i < sizeof(architectures) / sizeof(architectures[0]); i++) {
			const char *triplet = architectures[i].triplet;
			if (architectures[i].machine == kind->machine &&
			    architectures[i].wide == kind->wide && dir[n] == '/' &&
			    len - n - 1 == strlen(triplet) && text_starts(dir + n + 1, len - n - 1, triplet))
				return PLACE_OWN;
		}
	}
	return PLACE_OTHER;
}

/* "usr/lib/x86_64-linux-gnu/blas" for libblas.so.3: only the package's alternative makes the linker find it.
 */
static bool is_alternative(const struct scan_need *need, const char *dir, size_t len)
{
	const char *slash = memrchr(dir, '/', len);

	if (!slash || place_of(&need->kind, dir, (size_t)(slash - dir)) != PLACE_OWN)
		return false;
	size_t n = len - (size_t)(slash + 1 - dir);
	return strncmp(need->library, "lib", 3) == 0 && strncmp(need->library + 3, slash + 1, n) == 0 &&
	       strncmp(need->library + 3 + n, ".so", 3) == 0;
}

struct choice {
	const char *name;
	size_t len;
	bool lib;
};

static void consider(struct choice *best, const char *entry, size_t len)
{
	const char *slash = memrchr(entry, '/', len);
	struct choice this = {.name = slash ? slash + 1 : entry};

	this.len = len - (size_t)(this.name - entry);
	this.lib = slash && text_contains(entry, (size_t)(slash - entry), "libs");
	if (!packages_valid_name(this.name, this.len))
		return;
	if (!best->name || this.lib > best->lib || (this.lib == best->lib && this.len < best->len))
		*best = this;
}

/* The packages are the last word of a line, with commas between them; a path may have blanks in it. */
static void take_line(const struct scan_need *need, const char *line, size_t n, struct choice *linked,
		      struct choice *alternative)
{
	size_t library_len = strlen(need->library), path_len = n;

	while (path_len > 0 && line[path_len - 1] != ' ' && line[path_len - 1] != '\t')
		path_len--;
	const char *packages = line + path_len, *end = line + n;
	while (path_len > 0 && (line[path_len - 1] == ' ' || line[path_len - 1] == '\t'))
		path_len--;
	if (path_len < library_len + 2 || line[path_len - library_len - 1] != '/' ||
	    memcmp(line + path_len - library_len, need->library, library_len) != 0)
		return;
	size_t dir_len = path_len - library_len - 1;
	struct choice *best = place_of(&need->kind, line, dir_len) != PLACE_OTHER ? linked
			      : is_alternative(need, line, dir_len)               ? alternative
										  : NULL;
	while (best && packages < end) {
		const char *comma = memchr(packages, ',', (size_t)(end - packages)),
			   *stop = comma ? comma : end;
		consider(best, packages, (size_t)(stop - packages));
		packages = comma ? comma + 1 : end;
	}
}

char *contents_find(const struct scan_need *need, const char *lines, size_t len)
{
	struct choice linked = {0}, alternative = {0};
	struct text name = {0};
	const char *line;
	size_t n;

	while (text_line(&lines, &len, &line, &n))
		take_line(need, line, n, &linked, &alternative);
	const struct choice *best = linked.name ? &linked : &alternative;
	if (best->name)
		text_add_bytes(&name, best->name, best->len);
	return name.data;
}
