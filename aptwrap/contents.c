/* See contents.h. */
#include "contents.h"

#include "library.h"
#include "packages.h"

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

static bool is_below(const struct elf_kind *kind, const char *dir, size_t len)
{
	const char *slash = memrchr(dir, '/', len);

	return slash && place_of(kind, dir, (size_t)(slash - dir)) == PLACE_OWN;
}

static bool is_policys(const char *policy, const char *name, size_t len)
{
	size_t n = strlen(policy);

	return text_starts(name, len, policy) &&
	       (len == n || (len == n + 3 && text_starts(name + n, len - n, "t64")));
}

struct choice {
	const char *name;
	size_t len;
	bool lib;
};

/* policy: the name that it must have, or NULL */
static void consider(struct choice *best, const char *policy, const char *entry, size_t len)
{
	const char *slash = memrchr(entry, '/', len);
	struct choice this = {.name = slash ? slash + 1 : entry};

	this.len = len - (size_t)(this.name - entry);
	this.lib = slash && text_contains(entry, (size_t)(slash - entry), "libs");
	if (!packages_valid_name(this.name, this.len) || (policy && !is_policys(policy, this.name, this.len)))
		return;
	if (!best->name || this.lib > best->lib || (this.lib == best->lib && this.len < best->len))
		*best = this;
}

char *contents_find(const struct scan_need *need, const char *lines, size_t len)
{
	struct choice best = {0}, below = {0};
	char *policy = library_policy_name(need->library);
	size_t library_len = strlen(need->library), n;
	const char *line;

	while (text_line(&lines, &len, &line, &n)) {
		size_t path_len = 0;
		/* The packages are the last word; a path may have blanks in it. */
		const char *last = n > 0 ? line + n : line;
		while (last > line && last[-1] != ' ' && last[-1] != '\t')
			last--;
		if (last == line)
			continue;
		path_len = (size_t)(last - line);
		while (path_len > 0 && (line[path_len - 1] == ' ' || line[path_len - 1] == '\t'))
			path_len--;
		if (path_len < library_len + 2 || line[path_len - library_len - 1] != '/' ||
		    memcmp(line + path_len - library_len, need->library, library_len) != 0)
			continue;
		size_t dir_len = path_len - library_len - 1;
		bool searched = place_of(&need->kind, line, dir_len) != PLACE_OTHER;
		if (!searched && !is_below(&need->kind, line, dir_len))
			continue;
		for (const char *end = line + n; last < end;) {
			const char *comma = memchr(last, ',', (size_t)(end - last)),
				   *stop = comma ? comma : end;
			consider(searched ? &best : &below, searched ? NULL : policy, last,
				 (size_t)(stop - last));
			last = comma ? comma + 1 : end;
		}
	}
	struct text name = {0};
	if (!best.name)
		best = below;
	if (!best.name)
		return NULL;
	text_add_bytes(&name, best.name, best.len);
	return name.data;
}
