/* What is installed according to dpkg. See run.h. */
#include "aptwrap/run/run.h"

#include "common/num.h"

#include <string.h>

enum { STATUS, FLAG, NAME, VERSION_OF, SIZE, FIELDS };

void packages_query(struct list *argv)
{
	list_add_words(argv, "dpkg-query", "--show",
		       "--showformat=${db:Status-Status}|${db:Status-Eflag}|${binary:Package}|${Version}|"
		       "${Installed-Size}\\n",
		       NULL);
}

static void take_line(struct packages *packages, const char *native, char *line)
{
	char *field[FIELDS];
	uint64_t kb = 0;

	for (size_t i = 0; i < FIELDS; i++)
		if (!(field[i] = strsep(&line, "|")))
			return;
	char *status = field[STATUS], *name = field[NAME], *colon = strchr(name, ':');
	if (strcmp(status, "not-installed") == 0 || strcmp(status, "config-files") == 0)
		return;
	if (colon && strcmp(colon + 1, native) == 0)
		*colon = '\0';
	if (text_starts(name, PACKAGES_GROUP)) {
		list_add(&packages->groups, name);
		return;
	}
	list_add(&packages->names, name);
	list_add(&packages->versions, text_join(name, " ", field[VERSION_OF], NULL));
	if (num_parse(field[SIZE], strlen(field[SIZE]), UINT32_MAX, &kb) == NUM_OK)
		packages->bytes += kb * 1024;
	bool half = strcmp(status, "half-installed") == 0 || strcmp(field[FLAG], "reinstreq") == 0;
	if (half)
		list_add(&packages->half_installed, name);
	if (half || strcmp(status, "unpacked") == 0 || strcmp(status, "half-configured") == 0)
		list_add(&packages->broken, name);
}

void packages_parse(struct packages *packages, const char *native, const char *output)
{
	struct list lines = list_split(output, "\n");

	*packages = (struct packages){0};
	for (size_t i = 0; i < lines.count; i++)
		take_line(packages, native, lines.items[i]);
}

char *packages_size(uint64_t bytes)
{
	static const char *const units[] = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
	uint64_t unit = 1;
	size_t i = 0;

	for (; bytes / unit >= 1000; i++)
		unit *= 1000;
	char *whole = text_number((unsigned long)(bytes / unit));
	const char *tenth = text_number((unsigned long)(bytes % unit / (i > 0 ? unit / 10 : 1)));
	return text_join(whole, i > 0 ? "." : "", i > 0 ? tenth : "", " ", units[i], NULL);
}

static void add_count(struct text *text, const char *what, size_t count)
{
	if (count > 0)
		text_add(text, text_join(text->len > 0 ? ", " : "", what, " ", text_number(count), NULL));
}

char *packages_changes(const struct packages *before, const struct packages *after)
{
	struct list fresh = {0}, gone = {0}, changed = {0};
	struct text text = {0};
	bool freed = after->bytes < before->bytes;

	list_add_difference(&fresh, &after->names, &before->names);
	list_add_difference(&gone, &before->names, &after->names);
	list_add_difference(&changed, &after->versions, &before->versions);
	text_add(&text, "");
	add_count(&text, "installed", fresh.count);
	add_count(&text, "upgraded", changed.count - fresh.count);
	add_count(&text, "removed", gone.count);
	if (text.len == 0)
		return text.data;
	text_add(&text, changed.count + gone.count == 1 ? " package" : " packages");
	if (gone.count > 0)
		text_add(&text, text_join(" (", list_line(&gone), ")", NULL));
	text_add(&text,
		 text_join(", ",
			   packages_size(freed ? before->bytes - after->bytes : after->bytes - before->bytes),
			   freed ? " freed" : " on disk", NULL));
	return text.data;
}
