/* Trees of files, and what the ELF files in them need. See linked.h. */
#include "aptwrap/linked/linked.h"

#include "common/msg.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A FIFO does not block here, and only a plain file is read. errno is set where it cannot be opened. */
static enum elf_result read_elf(const char *path, struct elf_file *file)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	bool plain = false;
	struct stat st;

	if (fd >= 0)
		plain = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	enum elf_result result = plain ? elf_read(fd, file) : ELF_NONE;
	if (fd >= 0)
		close(fd);
	return result;
}

/* "$ORIGIN/../lib:/opt/lib" to directories; origin is where the file is. */
static void add_search(struct list *search, const char *path, const char *origin)
{
	static const char *const tokens[] = {"${ORIGIN}", "$ORIGIN"};

	while (path && *path) {
		size_t len = strcspn(path, ":");
		struct text one = {0};
		for (size_t i = 0; i < len;) {
			size_t skip = 0;
			for (size_t t = 0; t < 2 && !skip; t++)
				skip = text_starts(path + i, tokens[t]) ? strlen(tokens[t]) : 0;
			text_add(&one, skip ? origin : text_copy(path + i, 1));
			i += skip ? skip : 1;
		}
		if (one.len > 0)
			list_add(search, one.data);
		path += len + (path[len] == ':');
	}
}

static bool same_kind(const struct elf_kind *a, const struct elf_kind *b)
{
	return a->wide == b->wide && a->big == b->big && a->machine == b->machine;
}

void scan_add(struct scan *scan, const struct scan_need *need)
{
	for (size_t i = 0; i < scan->count; i++)
		if (strcmp(scan->needs[i].library, need->library) == 0 &&
		    same_kind(&scan->needs[i].kind, &need->kind) &&
		    strcmp(list_line(&scan->needs[i].search), list_line(&need->search)) == 0)
			return;
	scan->needs = realloc(scan->needs, (scan->count + 1) * sizeof(*scan->needs));
	if (!scan->needs)
		abort();
	scan->needs[scan->count++] = *need;
}

void scan_file(struct scan *scan, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct list search = {0};
	struct elf_file file;

	errno = 0;
	enum elf_result result = read_elf(path, &file);
	if (result == ELF_NONE && errno != 0)
		msg_warn_errno("passed over: '%s'", path);
	if (result == ELF_BROKEN)
		msg_warn("not a sound ELF file, passed over: '%s'", path);
	if (result != ELF_OK)
		return;
	add_search(&search, file.search, text_copy(path, slash && slash > path ? (size_t)(slash - path) : 1));
	list_add_new(&scan->provided, slash ? slash + 1 : path);
	for (size_t i = 0; i < file.needed.count; i++)
		scan_add(scan, &(struct scan_need){.library = file.needed.items[i],
						   .kind = file.kind,
						   .search = search,
						   .by = text_join(path, NULL)});
}

bool scan_is_kind(const char *path, const struct elf_kind *kind)
{
	struct elf_file file;

	return read_elf(path, &file) == ELF_OK && same_kind(&file.kind, kind);
}
