/* Debian's Contents index. See linked.h. */
#include "aptwrap/linked/linked.h"

#include <string.h>

struct choice {
	const char *name;
	size_t len;
	bool lib;
};

/* "lib", "usr/lib", or one directory below it that is named for an architecture: the dynamic linker looks
 * there. */
static bool is_searched(const char *dir, size_t len)
{
	static const char *const roots[] = {"usr/lib", "lib"};

	for (size_t i = 0; i < 2; i++) {
		size_t n = strlen(roots[i]);
		if (text_starts(dir, len, roots[i]))
			return len == n || (dir[n] == '/' && !memchr(dir + n + 1, '/', len - n - 1) &&
					    text_contains(dir + n, len - n, "-linux-"));
	}
	return false;
}

/* "usr/lib/x86_64-linux-gnu/blas" for libblas.so.3: only the package's alternative makes the linker find it.
 */
static bool is_alternative(const char *library, const char *dir, size_t len)
{
	const char *slash = memrchr(dir, '/', len);

	if (!slash || !is_searched(dir, (size_t)(slash - dir)) || strncmp(library, "lib", 3) != 0)
		return false;
	size_t n = len - (size_t)(slash + 1 - dir);
	return strncmp(library + 3, slash + 1, n) == 0 && strncmp(library + 3 + n, ".so", 3) == 0;
}

/* entry is "SECTION/NAME" */
static void consider(struct choice *best, const char *entry, size_t len)
{
	const char *slash = memrchr(entry, '/', len), *name = slash ? slash + 1 : entry;
	struct choice this = {.name = name, .len = len - (size_t)(name - entry)};

	this.lib = text_contains(entry, (size_t)(name - entry), "libs/");
	if (!packages_valid_name(this.name, this.len))
		return;
	if (!best->name || this.lib > best->lib || (this.lib == best->lib && this.len < best->len))
		*best = this;
}

/* The packages are the last word of a line, with commas between them; a path may have blanks in it. */
static void take_line(const char *library, const char *line, size_t n, struct choice *linked,
		      struct choice *alternative)
{
	size_t library_len = strlen(library), len = n;

	while (len > 0 && line[len - 1] != ' ' && line[len - 1] != '\t')
		len--;
	const char *packages = line + len, *end = line + n;
	while (len > 0 && (line[len - 1] == ' ' || line[len - 1] == '\t'))
		len--;
	if (len < library_len + 2 || line[len - library_len - 1] != '/' ||
	    memcmp(line + len - library_len, library, library_len) != 0)
		return;
	len -= library_len + 1;
	struct choice *best = is_searched(line, len) ? linked : alternative;
	if (best == alternative && !is_alternative(library, line, len))
		return;
	while (packages < end) {
		const char *comma = memchr(packages, ',', (size_t)(end - packages)),
			   *stop = comma ? comma : end;
		consider(best, packages, (size_t)(stop - packages));
		packages = stop + 1;
	}
}

char *contents_find(const char *library, const char *lines, size_t len)
{
	struct choice linked = {0}, alternative = {0};
	const char *line;
	size_t n;

	while (text_line(&lines, &len, &line, &n))
		take_line(library, line, n, &linked, &alternative);
	const struct choice *best = linked.name ? &linked : &alternative;
	return best->name ? text_copy(best->name, best->len) : NULL;
}
